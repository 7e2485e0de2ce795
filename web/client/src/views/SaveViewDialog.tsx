import { useId, useState } from 'react';
import type { ColumnName } from '../executions/columns';
import { printPart } from '../executions/filter';
import { fromParams } from '../executions/filterUrl';
import { Button } from '../ui/Button';
import { Chip } from '../ui/Chip';
import { Dialog } from '../ui/Dialog';
import { Notice } from '../ui/Notice';
import { say } from '../ui/toasts';
import type { Views } from './useViews';
import { inputOf, namedAs } from './views';

interface Props {
  known: Views;
  search: string;
  columns: readonly ColumnName[];
  onClose: () => void;
}

/** Gives the list as it is a name. One that is taken is asked about before it is replaced. */
export function SaveViewDialog({ known, search, columns, onClose }: Props) {
  const id = useId();
  const [name, setName] = useState('');
  const [problem, setProblem] = useState<string | null>(null);
  const [busy, setBusy] = useState(false);
  const taken = namedAs(known.views, name);
  const tokens = fromParams(search).map(printPart);
  const ready = name.trim() !== '' && !busy;
  const submit = async () => {
    if (!ready) return;
    setBusy(true);
    const wrong = await known.save(inputOf(name, search, columns, taken));
    setBusy(false);
    setProblem(wrong);
    if (wrong !== null) return;
    say(`Saved as ${name.trim()}`);
    onClose();
  };
  return (
    <Dialog
      title="Save this view"
      onClose={onClose}
      onSubmit={submit}
      actions={
        <>
          <Button onClick={onClose}>Leave it</Button>
          <Button type="submit" look="primary" icon="save" disabled={!ready}>
            {taken ? 'Replace' : 'Save'}
          </Button>
        </>
      }
    >
      <p className="muted">The filter, the order and the columns, for everybody.</p>
      <p className="view-tokens">
        {tokens.length > 0
          ? tokens.map((token) => <Chip key={token}>{token}</Chip>)
          : 'No filter: all executions.'}
      </p>
      <div className="field">
        <label htmlFor={id}>Name</label>
        <input
          id={id}
          className="input"
          maxLength={200}
          autoComplete="off"
          placeholder="Failed today"
          value={name}
          onChange={(event) => setName(event.target.value)}
        />
        <span className="hint" role="status">
          {taken ? 'There is a view of this name: it will show this list instead.' : ''}
        </span>
      </div>
      {problem && <Notice title={problem} />}
    </Dialog>
  );
}

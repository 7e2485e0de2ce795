import './bulk.css';
import { useState } from 'react';
import { ACTIONS } from '../executions/actions';
import type { BulkAction, ExecutionSelector } from '../gql/graphql';
import { Button } from '../ui/Button';
import { Dialog } from '../ui/Dialog';
import { Notice } from '../ui/Notice';
import { shownCount } from '../ui/number';
import { BulkOptions } from './BulkOptions';
import { follow, open } from './operations';
import { PreviewFigures } from './PreviewFigures';
import { begin, FIRST_OPTIONS, missing } from './start';
import { usePreview } from './usePreview';
import { WORDS } from './words';

interface Props {
  action: BulkAction;
  selector: ExecutionSelector;
  /** It has begun and is followed. */
  onBegun: () => void;
  onClose: () => void;
}

/** Asks before something is done to many executions, and shows what it would meet. */
export function BulkDialog({ action, selector, onBegun, onClose }: Props) {
  const [options, setOptions] = useState(FIRST_OPTIONS);
  const [problem, setProblem] = useState<string | null>(null);
  const [busy, setBusy] = useState(false);
  const { preview, problem: unseen, loading } = usePreview(action, selector, options);
  const lacks = missing(action, options);
  const { title, will, danger, note } = WORDS[action];
  const count = preview?.applicable ?? 0;
  const ready = !busy && !loading && count > 0 && lacks === null;

  const submit = async () => {
    if (!ready || !preview) return;
    setBusy(true);
    const begun = await begin(action, preview.selectionToken, options);
    setBusy(false);
    if ('problem' in begun) {
      setProblem(begun.problem);
      return;
    }
    follow(begun.operation);
    open(begun.operation.id);
    onBegun();
  };
  return (
    <Dialog
      wide
      title={title}
      onClose={onClose}
      onSubmit={submit}
      actions={
        <>
          <Button onClick={onClose}>Leave them</Button>
          <Button
            type="submit"
            look={danger ? 'danger' : 'primary'}
            className="number"
            disabled={!ready}
          >
            {ACTIONS[action].text} {preview && shownCount(count)}
          </Button>
        </>
      }
    >
      {!unseen && <PreviewFigures preview={preview} loading={loading} will={will} />}
      {note && <p className="muted">{note}</p>}
      <BulkOptions
        action={action}
        options={options}
        problem={lacks || null}
        onChange={(change) => setOptions((before) => ({ ...before, ...change }))}
      />
      {(unseen ?? problem) && <Notice title={unseen ?? problem ?? ''} />}
    </Dialog>
  );
}

import { useState } from 'react';
import { Button } from '../ui/Button';
import { Dialog } from '../ui/Dialog';
import { Notice } from '../ui/Notice';
import { firstView, setFirstView } from './first';
import type { Views } from './useViews';
import { inputOf, type View } from './views';

interface Props {
  known: Views;
  onClose: () => void;
}

/** Every view with its name, whether the list opens with it here, and the way out. */
export function ManageViewsDialog({ known, onClose }: Props) {
  const [problem, setProblem] = useState<string | null>(known.problem);
  const [first, setFirst] = useState(() => firstView()?.id ?? null);
  const toggleFirst = (view: View) => {
    const next = view.id === first ? null : view;
    setFirstView(next);
    setFirst(next?.id ?? null);
  };
  const rename = async (view: View, name: string) =>
    setProblem(await known.save(inputOf(name, view.search ?? '', view.columns, view)));
  const remove = async (view: View) => setProblem(await known.remove(view));
  const shown = known.views.filter(({ search }) => search !== null);
  return (
    <Dialog
      title="Views"
      onClose={onClose}
      onSubmit={onClose}
      actions={
        <Button type="submit" look="primary">
          Done
        </Button>
      }
    >
      <p className="muted">
        Everybody sees them. The one with a star opens first, in this browser.
      </p>
      {problem && <Notice title={problem} />}
      <ul className="views-list" aria-label="Views">
        {shown.map((view) => (
          <Line
            key={view.id}
            view={view}
            first={view.id === first}
            onFirst={() => toggleFirst(view)}
            onRename={(name) => rename(view, name)}
            onRemove={() => remove(view)}
          />
        ))}
      </ul>
      {shown.length === 0 && <p className="faint">There are none any more.</p>}
    </Dialog>
  );
}

interface LineProps {
  view: View;
  first: boolean;
  onFirst: () => void;
  onRename: (name: string) => void;
  onRemove: () => void;
}

function Line({ view, first, onFirst, onRename, onRemove }: LineProps) {
  const [name, setName] = useState(view.name);
  const [asking, setAsking] = useState(false);
  const changed = name.trim() !== '' && name.trim() !== view.name;
  if (asking)
    return (
      <li>
        <span className="clip">Delete {view.name} for everybody?</span>
        <Button onClick={() => setAsking(false)}>Keep it</Button>
        <Button look="danger" onClick={onRemove}>
          Delete
        </Button>
      </li>
    );
  return (
    <li>
      <Button
        look="quiet"
        icon="star"
        className="view-first"
        aria-label={`${view.name} opens first`}
        aria-pressed={first}
        onClick={onFirst}
      />
      <input
        className="input"
        aria-label={`Name of ${view.name}`}
        maxLength={200}
        value={name}
        onChange={(event) => setName(event.target.value)}
        onKeyDown={(event) => {
          if (event.key !== 'Enter') return;
          event.preventDefault();
          if (changed) onRename(name);
        }}
      />
      {changed && <Button onClick={() => onRename(name)}>Rename</Button>}
      <Button
        look="quiet"
        icon="trash"
        aria-label={`Delete ${view.name}`}
        onClick={() => setAsking(true)}
      />
    </li>
  );
}

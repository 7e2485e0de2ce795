import { Link } from 'wouter';
import { executionHref, shortId } from '../app/places';
import { Button } from '../ui/Button';
import type { Compared } from './useBefore';

interface Props {
  compared: Compared;
  on: boolean;
  onToggle: () => void;
}

/** Lays the execution before beside this one; says which that is. */
export function CompareButton({ compared, on, onToggle }: Props) {
  return (
    <>
      {on && compared === 'none' && <span className="muted">There is no run before.</span>}
      {on && compared !== null && compared !== 'none' && (
        <span className="muted gantt-beside">
          beside{' '}
          <Link className="mono" href={executionHref(compared.id, 'gantt')}>
            {shortId(compared.id)}
          </Link>
        </span>
      )}
      <Button look="quiet" aria-pressed={on} keys="b" onClick={onToggle}>
        Compare
      </Button>
    </>
  );
}

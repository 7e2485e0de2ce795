import { shownCount } from '../ui/number';
import type { Operation } from './operations';

const share = (count: number, total: number): string => `${total ? (100 * count) / total : 0}%`;

/** How far an operation is: what was done, what was refused, what is left. */
export function Progress({ operation }: { operation: Operation }) {
  const { total, succeeded, failed, state } = operation;
  return (
    <div
      className="bulk-progress"
      role="progressbar"
      aria-label="Done so far"
      aria-valuemin={0}
      aria-valuemax={total}
      aria-valuenow={succeeded + failed}
      data-over={state === 'CANCELLED' ? 'cancelled' : undefined}
    >
      <span data-state="SUCCESS" style={{ width: share(succeeded, total) }} />
      <span data-state="FAILED" style={{ width: share(failed, total) }} />
    </div>
  );
}

/** The same in words. Numbers keep their width. */
export function Counts({ operation }: { operation: Operation }) {
  const { total, succeeded, failed, remaining, state } = operation;
  return (
    <span className="bulk-counts number">
      <span>
        {shownCount(succeeded)} of {shownCount(total)} done
      </span>
      {failed > 0 && <span className="bulk-failed">{shownCount(failed)} not done</span>}
      {state === 'CANCELLED' && remaining > 0 && <span>{shownCount(remaining)} left alone</span>}
    </span>
  );
}

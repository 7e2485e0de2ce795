import { StateBadge } from '../states/StateBadge';
import { shownCount } from '../ui/number';
import { Skeleton } from '../ui/Skeleton';
import type { Preview } from './usePreview';
import { executionsOf } from './words';

interface Props {
  preview: Preview | null;
  loading: boolean;
  /** What happens to those it applies to. */
  will: string;
}

/** To how many of the selection it applies, and why not to the others. Its room is there before it comes. */
export function PreviewFigures({ preview, loading, will }: Props) {
  if (!preview) {
    return (
      <div className="bulk-figures" aria-busy="true">
        <Skeleton width="70%" />
      </div>
    );
  }
  const { applicable, total, refusals } = preview;
  return (
    <div className={loading ? 'bulk-figures stale' : 'bulk-figures'} aria-busy={loading}>
      <p aria-live="polite">
        <strong className="number">{shownCount(applicable)}</strong>
        {applicable < total && <span className="number"> of {executionsOf(total)}</span>}
        {applicable === total && (total === 1 ? ' execution' : ' executions')} {will}.
      </p>
      {refusals.length > 0 && <Refusals refusals={refusals} left={total - applicable} />}
    </div>
  );
}

function Refusals({ refusals, left }: { refusals: Preview['refusals']; left: number }) {
  return (
    <>
      <h3 className="bulk-left">
        {shownCount(left)} {left === 1 ? 'is' : 'are'} left as {left === 1 ? 'it is' : 'they are'}
      </h3>
      <ul className="bulk-refusals">
        {refusals.map(({ code, state, message, count }) => (
          <li key={`${code} ${state} ${message}`} title={code}>
            <span className="number">{shownCount(count)}</span>
            {state ? <StateBadge state={state} /> : <span className="faint">gone</span>}
            <span className="muted">{message}</span>
          </li>
        ))}
      </ul>
    </>
  );
}

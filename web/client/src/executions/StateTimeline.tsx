import { StateShape } from '../states/StateShape';
import { STATES, type State } from '../states/states';
import { shown } from '../ui/duration';
import { Timestamp } from '../ui/Timestamp';
import { useNow } from '../ui/ticker';

interface Change {
  readonly state: State;
  readonly at: string;
}

/** Every state that was entered: as a band in proportion, and as a list with the moment and how long it lasted. */
export function StateTimeline({
  history,
  terminal,
}: {
  history: readonly Change[];
  terminal: boolean;
}) {
  const now = useNow(!terminal);
  const moments = history.map(({ at }) => Date.parse(at));
  const first = moments[0] ?? 0;
  const last = terminal ? (moments.at(-1) ?? first) : Math.max(now, moments.at(-1) ?? first);
  const whole = Math.max(last - first, 1);
  const lasted = (index: number) => (moments[index + 1] ?? last) - (moments[index] ?? last);
  return (
    <div className="state-timeline">
      <div className="state-band" aria-hidden="true">
        {history.map(({ state, at }, index) => (
          <span
            key={`${state}${at}`}
            data-state={state}
            style={{ flexGrow: lasted(index) / whole }}
          />
        ))}
      </div>
      <ol>
        {history.map(({ state, at }, index) => {
          const end = terminal && index === history.length - 1;
          return (
            <li key={`${state}${at}`}>
              <StateShape state={state} still={index < history.length - 1} />
              <span>{STATES[state].word}</span>
              <span className="muted">
                <Timestamp at={at} precise />
              </span>
              <span className="duration muted">{end ? '' : shown(lasted(index))}</span>
            </li>
          );
        })}
      </ol>
    </div>
  );
}

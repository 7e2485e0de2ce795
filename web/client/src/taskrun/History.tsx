import type { RunRecord } from '../live/records';
import { StateShape } from '../states/StateShape';
import { isTerminal, STATES } from '../states/states';
import { shown } from '../ui/duration';
import { useNow } from '../ui/ticker';
import { fullTime, preciseTime } from '../ui/time';

/** Every state the run was in: when it was entered and how long it lasted. */
export function History({ run }: { run: RunRecord }) {
  const goesOn = !isTerminal(run.state);
  const now = useNow(goesOn);
  return (
    <ol className="run-history">
      {run.history.map(({ state, at }, index) => {
        const next = run.history[index + 1]?.at ?? (goesOn ? now : null);
        const date = new Date(at);
        return (
          <li key={`${state}${at}`}>
            <StateShape state={state} still={index < run.history.length - 1} />
            <span>{STATES[state].word}</span>
            <time className="muted number" dateTime={date.toISOString()} title={fullTime(date)}>
              {preciseTime(date)}
            </time>
            <span className="duration muted">{next === null ? '' : shown(next - at)}</span>
          </li>
        );
      })}
    </ol>
  );
}

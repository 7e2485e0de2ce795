import { StateShape } from './StateShape';
import { STATES, type State } from './states';

/** The state as shape and word on its own tint. */
export function StateBadge({ state, large = false }: { state: State; large?: boolean }) {
  return (
    <span className={large ? 'state-badge large' : 'state-badge'} data-state={state}>
      <StateShape state={state} size={large ? 14 : 12} />
      {STATES[state].word}
    </span>
  );
}

import { SHAPES } from './shapes';
import { STATES, type State } from './states';
import './states.css';
import './StateBadge.css';

interface Props {
  state: State;
  size?: number;
  /** Without a label the shape is decoration beside the state's word. */
  label?: boolean;
  /** The state is over: nothing turns. */
  still?: boolean;
}

/** The state as its shape in its hue. */
export function StateShape({ state, size = 14, label = false, still = false }: Props) {
  const { shape, word } = STATES[state];
  const { line, area, turns } = SHAPES[shape];
  return (
    <svg
      className={turns && !still ? 'state-shape turns' : 'state-shape'}
      data-state={state}
      viewBox="0 0 16 16"
      width={size}
      height={size}
      role={label ? 'img' : undefined}
      aria-label={label ? word : undefined}
      aria-hidden={label ? undefined : true}
    >
      {area && <path d={area} fill="currentColor" />}
      {line && <path d={line} className="line" />}
    </svg>
  );
}

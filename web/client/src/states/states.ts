/** What each state is called, drawn as and means. Colours stand in states.css under the same names. */

export type Shape =
  | 'circle'
  | 'hourglass'
  | 'half'
  | 'arc'
  | 'bars'
  | 'diamond'
  | 'loop'
  | 'loopDone'
  | 'loopAgain'
  | 'back'
  | 'check'
  | 'triangle'
  | 'cross'
  | 'squareOutline'
  | 'square'
  | 'slash'
  | 'hop';

/** How a bar of the Gantt is filled. */
export type Fill =
  | 'hairline'
  | 'dotted'
  | 'light'
  | 'growing'
  | 'hatched'
  | 'striped'
  | 'solid'
  | 'notched'
  | 'torn'
  | 'outlined'
  | 'dashed';

export interface StateLook {
  readonly word: string;
  readonly shape: Shape;
  readonly fill: Fill;
  /** Nothing more happens by itself. */
  readonly terminal: boolean;
  /** Work is under way: durations tick, the shape may turn. */
  readonly active: boolean;
}

const look = (word: string, shape: Shape, fill: Fill, kind: 'waiting' | 'active' | 'terminal') => ({
  word,
  shape,
  fill,
  terminal: kind === 'terminal',
  active: kind === 'active',
});

export const STATES = {
  CREATED: look('Created', 'circle', 'hairline', 'waiting'),
  QUEUED: look('Queued', 'hourglass', 'dotted', 'waiting'),
  SUBMITTED: look('Submitted', 'half', 'light', 'waiting'),
  RUNNING: look('Running', 'arc', 'growing', 'active'),
  PAUSED: look('Paused', 'bars', 'hatched', 'waiting'),
  BREAKPOINT: look('Breakpoint', 'diamond', 'hatched', 'waiting'),
  RETRYING: look('Retrying', 'loop', 'striped', 'active'),
  RETRIED: look('Retried', 'loopDone', 'striped', 'terminal'),
  RESUBMITTED: look('Resubmitted', 'loopAgain', 'striped', 'terminal'),
  RESTARTED: look('Restarted', 'back', 'hairline', 'waiting'),
  SUCCESS: look('Success', 'check', 'solid', 'terminal'),
  WARNING: look('Warning', 'triangle', 'notched', 'terminal'),
  FAILED: look('Failed', 'cross', 'solid', 'terminal'),
  KILLING: look('Killing', 'squareOutline', 'torn', 'active'),
  KILLED: look('Killed', 'square', 'torn', 'terminal'),
  CANCELLED: look('Cancelled', 'slash', 'outlined', 'terminal'),
  SKIPPED: look('Skipped', 'hop', 'dashed', 'terminal'),
} as const satisfies Record<string, StateLook>;

export type State = keyof typeof STATES;

/** The states an execution can have, in the order in which a list offers them. */
export const EXECUTION_STATES = [
  'RUNNING',
  'FAILED',
  'SUCCESS',
  'WARNING',
  'QUEUED',
  'PAUSED',
  'CREATED',
  'RETRYING',
  'RETRIED',
  'RESTARTED',
  'BREAKPOINT',
  'KILLING',
  'KILLED',
  'CANCELLED',
] as const satisfies readonly State[];

export const isState = (word: string): word is State => Object.hasOwn(STATES, word);
export const isTerminal = (state: State): boolean => STATES[state].terminal;

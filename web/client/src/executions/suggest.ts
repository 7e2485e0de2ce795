/** What the filter field offers while somebody types. */
import { EXECUTION_STATES, type State } from '../states/states';
import { FIELDS } from './filter';

export interface Suggestion {
  /** What is put into the field: a whole token, or `field:` to go on from. */
  readonly token: string;
  readonly note?: string;
  readonly state?: State;
}

export interface Known {
  readonly namespaces: readonly string[];
  readonly flows: readonly string[];
  readonly labels: readonly string[];
}

const MOST = 12;
const TIMES = ['5m', '15m', '1h', '12h', '1d', '2d', '7d', '30d', '365d'];

function values(field: string, known: Known): Suggestion[] {
  const each = (list: readonly string[]) => list.map((value) => ({ token: `${field}:${value}` }));
  switch (field) {
    case 'state':
      return EXECUTION_STATES.map((state) => ({ token: `state:${state}`, state }));
    case 'namespace':
      return each([...known.namespaces, ...parents(known.namespaces).map((name) => `${name}.*`)]);
    case 'flow':
      return each(known.flows);
    case 'label':
      return known.labels.map((token) => ({ token }));
    case 'created':
    case 'started':
    case 'ended':
      return TIMES.map((time) => ({ token: `${field}:${time}`, note: `in the last ${time}` }));
    case 'duration':
      return ['>1m', '>5m', '>1h', '<1s'].map((token) => ({ token }));
    case 'child':
      return each(['yes', 'no']);
    case 'scope':
      return each(['user', 'system']);
    default:
      return [];
  }
}

/** Namespaces that others lie below, such as `company` of `company.team`. */
function parents(namespaces: readonly string[]): string[] {
  const above = namespaces.flatMap((name) => {
    const parts = name.split('.');
    return parts.slice(1).map((_, index) => parts.slice(0, index + 1).join('.'));
  });
  return [...new Set(above)];
}

/** Several states behind commas: the last one is completed, the others stay. */
function completeStates(word: string, sign: string): Suggestion[] {
  const given = word.slice('state:'.length).split(',');
  const typed = (given.pop() ?? '').toUpperCase();
  const before = given.map((state) => state.toUpperCase());
  return EXECUTION_STATES.filter((state) => state.includes(typed) && !before.includes(state)).map(
    (state) => ({
      token: `${sign}state:${[...before, state].join(',')}`,
      state,
    }),
  );
}

/** Suggestions for the word being typed. An empty word gets the fields. */
export function suggest(typed: string, known: Known): Suggestion[] {
  const sign = typed.startsWith('-') ? '-' : '';
  const word = typed.slice(sign.length);
  const colon = word.indexOf(':');
  if (word.startsWith('state:')) return completeStates(word, sign).slice(0, MOST + 2);
  const low = word.toLowerCase();
  const field = word.slice(0, Math.max(colon, 0));
  if (colon > 0 && Object.hasOwn(FIELDS, field)) {
    return values(field, known)
      .filter(({ token }) => token.toLowerCase().includes(word.slice(colon + 1).toLowerCase()))
      .slice(0, MOST)
      .map((each) => ({ ...each, token: sign + each.token }));
  }
  const fields: Suggestion[] = Object.entries(FIELDS)
    .filter(([name]) => name.startsWith(low))
    .map(([name, note]) => ({ token: `${sign}${name}:`, note }));
  if (!low) return fields;
  const states = EXECUTION_STATES.filter((state) => state.toLowerCase().startsWith(low)).map(
    (state) => ({
      token: `${sign}state:${state}`,
      state,
    }),
  );
  const rest = [...values('label', known), ...values('flow', known), ...values('namespace', known)]
    .filter(({ token }) => token.toLowerCase().includes(low))
    .map((each) => ({ ...each, token: sign + each.token }));
  return [...states, ...fields, ...rest].slice(0, MOST);
}

/**
 * What a list of executions is narrowed to. One part, four forms that lead to each other: what people type
 * (`state:FAILED team:data >5m`), the chip, the address, and the API's ExecutionFilter.
 */
import { EXECUTION_STATES, type State } from '../states/states';
import { fromWords, toWords } from '../ui/duration';

type ExecutionStateName = (typeof EXECUTION_STATES)[number];
export type Compare = 'gt' | 'gte' | 'lt' | 'lte';
export type Match = 'is' | 'starts' | 'ends' | 'contains';

export type Part =
  | { readonly kind: 'text'; readonly value: string }
  | {
      readonly kind: 'state';
      readonly not: boolean;
      readonly states: readonly ExecutionStateName[];
    }
  | {
      readonly kind: 'namespace';
      readonly not: boolean;
      readonly match: Match;
      readonly values: readonly string[];
    }
  | { readonly kind: 'flow'; readonly not: boolean; readonly match: Match; readonly value: string }
  | {
      readonly kind: 'label';
      readonly not: boolean;
      readonly key: string;
      readonly value: string | null;
    }
  | { readonly kind: 'duration'; readonly compare: Compare; readonly ms: number }
  | { readonly kind: Moment; readonly within: number }
  | { readonly kind: Moment; readonly compare: Compare; readonly at: string }
  | { readonly kind: 'task' | 'trigger' | 'parent'; readonly value: string }
  | { readonly kind: 'child'; readonly is: boolean }
  | { readonly kind: 'scope'; readonly scope: 'USER' | 'SYSTEM' };

export type Moment = 'created' | 'started' | 'ended';

/** A part that means nothing, with what would. */
export interface Wrong {
  readonly kind: 'wrong';
  readonly token: string;
  readonly problem: string;
}

export const FIELDS = {
  state: 'FAILED, RUNNING …',
  namespace: 'company.team, company.*',
  flow: 'etl, etl*',
  created: '24h, >2026-01-31',
  started: '1h',
  ended: '15m',
  duration: '>5m, <1s',
  task: 'the id of a task',
  trigger: 'the id of a trigger',
  label: 'key:value, key:*',
  child: 'yes, no',
  scope: 'user, system',
  parent: 'the id of an execution',
} as const;

export type Field = keyof typeof FIELDS;

const COMPARE: Record<string, Compare> = { '>': 'gt', '>=': 'gte', '<': 'lt', '<=': 'lte' };
const SIGN: Record<Compare, string> = { gt: '>', gte: '>=', lt: '<', lte: '<=' };

const isField = (word: string): word is Field => Object.hasOwn(FIELDS, word);
const wrong = (token: string, problem: string): Wrong => ({ kind: 'wrong', token, problem });

function matched(text: string): { match: Match; value: string } {
  const head = text.startsWith('*');
  const tail = text.length > 1 && text.endsWith('*');
  const value = text.slice(head ? 1 : 0, tail ? -1 : undefined);
  return { match: head ? (tail ? 'contains' : 'ends') : tail ? 'starts' : 'is', value };
}

const printMatch = (match: Match, value: string): string =>
  ({ is: value, starts: `${value}*`, ends: `*${value}`, contains: `*${value}*` })[match];

function compared(text: string): { compare: Compare | null; rest: string } {
  const sign = /^[<>]=?/.exec(text)?.[0] ?? '';
  return { compare: COMPARE[sign] ?? null, rest: text.slice(sign.length) };
}

function stateOf(token: string, not: boolean, text: string): Part | Wrong {
  const words = text.toUpperCase().split(',').filter(Boolean);
  const known = (word: string): word is ExecutionStateName =>
    (EXECUTION_STATES as readonly string[]).includes(word);
  const unknown = words.find((word) => !known(word));
  if (words.length === 0 || unknown !== undefined) {
    return wrong(token, `No state “${unknown ?? ''}”. Take one of ${EXECUTION_STATES.join(', ')}.`);
  }
  return { kind: 'state', not, states: words.filter(known) };
}

function durationOf(token: string, text: string): Part | Wrong {
  const { compare, rest } = compared(text);
  const ms = fromWords(rest);
  if (!compare || ms === null) return wrong(token, 'Write a duration as >5m, <=90s or >1h30m.');
  return { kind: 'duration', compare, ms };
}

function momentOf(token: string, kind: Moment, text: string): Part | Wrong {
  const { compare, rest } = compared(text);
  if (!compare) {
    const within = fromWords(rest);
    return within === null
      ? wrong(token, `Write ${kind}:24h, ${kind}:>2026-01-31.`)
      : { kind, within };
  }
  return Number.isNaN(Date.parse(rest))
    ? wrong(token, `“${rest}” is no date: write 2026-01-31 or 2026-01-31T08:00.`)
    : { kind, compare, at: rest };
}

function labelOf(token: string, not: boolean, text: string): Part | Wrong {
  const colon = text.indexOf(':');
  const key = text.slice(0, colon);
  const value = text.slice(colon + 1);
  if (colon < 1 || !value)
    return wrong(token, 'Write a label as key:value, or key:* for any value.');
  return { kind: 'label', not, key, value: value === '*' ? null : value };
}

function fieldOf(token: string, not: boolean, field: Field, text: string): Part | Wrong {
  if (field === 'state') return stateOf(token, not, text);
  if (field === 'label') return labelOf(token, not, text);
  if (!text) return wrong(token, `${field}: what? For example ${FIELDS[field]}.`);
  if (field === 'flow') return { kind: field, not, ...matched(text) };
  if (field === 'namespace') return namespaceOf(not, text);
  if (not) return wrong(token, `${field} cannot be turned round with a minus.`);
  switch (field) {
    case 'duration':
      return durationOf(token, text);
    case 'created':
    case 'started':
    case 'ended':
      return momentOf(token, field, text);
    case 'child':
      return text === 'yes' || text === 'no'
        ? { kind: field, is: text === 'yes' }
        : wrong(token, 'Write child:yes or child:no.');
    case 'scope':
      return text === 'user' || text === 'system'
        ? { kind: field, scope: text === 'user' ? 'USER' : 'SYSTEM' }
        : wrong(token, 'Write scope:user or scope:system.');
    default:
      return { kind: field, value: text };
  }
}

function namespaceOf(not: boolean, text: string): Part {
  if (text.includes(','))
    return { kind: 'namespace', not, match: 'is', values: text.split(',').filter(Boolean) };
  const { match, value } = matched(text);
  return { kind: 'namespace', not, match, values: [value] };
}

/** One token without quotes: `state:FAILED`, `-team:data`, `>5m`, or a word to look for. */
export function parseToken(token: string): Part | Wrong {
  if (/^[<>]=?\d/.test(token)) return durationOf(token, token);
  const not = token.startsWith('-') && token.includes(':');
  const body = not ? token.slice(1) : token;
  const colon = body.indexOf(':');
  if (colon < 1) return { kind: 'text', value: token };
  const key = body.slice(0, colon);
  return isField(key) ? fieldOf(token, not, key, body.slice(colon + 1)) : labelOf(token, not, body);
}

const TOKENS = /(?:[^\s"]|"[^"]*"?)+/g;

/** What was typed, in parts. Quotes hold words together; plain words become one text. */
export function parseText(text: string): (Part | Wrong)[] {
  const parts = [...text.matchAll(TOKENS)].map(([token]) => parseToken(token.replaceAll('"', '')));
  const words = parts.flatMap((part) => (part.kind === 'text' ? [part.value] : []));
  const others = parts.filter((part) => part.kind !== 'text');
  return words.length > 0 ? [...others, { kind: 'text', value: words.join(' ') }] : others;
}

/** The token a part is typed as, without quotes. */
export function printPart(part: Part | Wrong): string {
  const sign = 'not' in part && part.not ? '-' : '';
  switch (part.kind) {
    case 'wrong':
      return part.token;
    case 'text':
      return part.value;
    case 'state':
      return `${sign}state:${part.states.join(',')}`;
    case 'namespace':
      return `${sign}namespace:${printMatch(part.match, part.values.join(','))}`;
    case 'flow':
      return `${sign}flow:${printMatch(part.match, part.value)}`;
    case 'label': {
      const reserved = isField(part.key) ? 'label:' : '';
      return `${sign}${reserved}${part.key}:${part.value ?? '*'}`;
    }
    case 'duration':
      return `${SIGN[part.compare]}${toWords(part.ms)}`;
    case 'created':
    case 'started':
    case 'ended':
      return 'within' in part
        ? `${part.kind}:${toWords(part.within)}`
        : `${part.kind}:${SIGN[part.compare]}${part.at}`;
    case 'child':
      return `child:${part.is ? 'yes' : 'no'}`;
    case 'scope':
      return `scope:${part.scope.toLowerCase()}`;
    default:
      return `${part.kind}:${part.value}`;
  }
}

const quoted = (token: string): string => (/\s/.test(token) ? `"${token}"` : token);

export const printText = (parts: readonly (Part | Wrong)[]): string =>
  parts.map((part) => quoted(printPart(part))).join(' ');

/** Adds a part; one that says something about the same field in the same sense is replaced where only one makes sense. */
export function withPart(parts: readonly (Part | Wrong)[], part: Part | Wrong): (Part | Wrong)[] {
  const text = printPart(part);
  if (parts.some((other) => printPart(other) === text)) return [...parts];
  const single = part.kind !== 'label' && part.kind !== 'flow' && part.kind !== 'wrong';
  const sameField = (other: Part | Wrong) =>
    other.kind === part.kind && ('not' in other && 'not' in part ? other.not === part.not : true);
  return [...parts.filter((other) => !(single && sameField(other))), part];
}

/** The states the parts allow, for the shape beside the filter. */
export const shownStates = (parts: readonly (Part | Wrong)[]): readonly State[] =>
  parts.flatMap((part) => (part.kind === 'state' && !part.not ? part.states : []));

import type {
  DateTimeFilter,
  DurationFilter,
  ExecutionFilter,
  NamespaceFilter,
  StringFilter,
} from '../gql/graphql';
import { toIso } from '../ui/duration';
import type { Match, Moment, Part, Wrong } from './filter';

const MOMENT = { created: 'createdAt', started: 'startedAt', ended: 'endedAt' } as const;

function stringFilter(match: Match, not: boolean, value: string): StringFilter {
  if (match === 'is') return not ? { notEq: value } : { eq: value };
  return {
    starts: { startsWith: value },
    ends: { endsWith: value },
    contains: { contains: value },
  }[match];
}

function namespaceFilter(match: Match, not: boolean, values: readonly string[]): NamespaceFilter {
  const [first = ''] = values;
  if (match === 'starts') return { prefix: first.replace(/\.$/, '') };
  if (match !== 'is') return { contains: first };
  return not ? { notIn: [...values] } : { in: [...values] };
}

function momentFilter(part: Extract<Part, { kind: Moment }>): DateTimeFilter {
  if ('within' in part) return { within: toIso(part.within) };
  return { [part.compare]: new Date(part.at).toISOString() };
}

/** A part that is turned round and has no such operator of its own goes under `not`. */
const turned = (not: boolean, match: Match, filter: ExecutionFilter): ExecutionFilter =>
  not && match !== 'is' ? { not: filter } : filter;

function one(part: Part): ExecutionFilter {
  switch (part.kind) {
    case 'text':
      return { text: part.value };
    case 'state':
      return { state: { [part.not ? 'notIn' : 'in']: [...part.states] } };
    case 'namespace':
      return turned(part.not, part.match, {
        namespace: namespaceFilter(part.match, part.not, part.values),
      });
    case 'flow':
      return turned(part.not, part.match, {
        flowId: stringFilter(part.match, part.not, part.value),
      });
    case 'label': {
      const op = part.value === null ? 'EXISTS' : 'EQUALS';
      return { labels: [{ key: part.key, value: part.value, op: part.not ? `NOT_${op}` : op }] };
    }
    case 'duration':
      return { duration: { [part.compare]: toIso(part.ms) } satisfies DurationFilter };
    case 'created':
    case 'started':
    case 'ended':
      return { [MOMENT[part.kind]]: momentFilter(part) };
    case 'task':
      return { taskId: { eq: part.value } };
    case 'trigger':
      return { triggerId: { eq: part.value } };
    case 'parent':
      return { parentId: part.value };
    case 'child':
      return { isChild: part.is };
    case 'scope':
      return { scope: part.scope };
  }
}

/** The API's filter. Parts that speak of the same field stand together under `and`. Null when nothing is asked. */
export function toInput(parts: readonly (Part | Wrong)[]): ExecutionFilter | null {
  const whole: ExecutionFilter = {};
  const more: ExecutionFilter[] = [];
  for (const part of parts) {
    if (part.kind === 'wrong') continue;
    const filter = one(part);
    const clash = Object.keys(filter).some((key) => Object.hasOwn(whole, key));
    if (clash) more.push(filter);
    else Object.assign(whole, filter);
  }
  if (more.length > 0) whole.and = more;
  return Object.keys(whole).length > 0 ? whole : null;
}

import { describe, expect, test } from 'vitest';
import { type Part, parseText, parseToken, printPart, printText, withPart } from './filter';
import { toInput } from './filterInput';
import { fromParams, toParams, withFilter } from './filterUrl';

const EVERY = [
  'state:FAILED,WARNING',
  '-state:SUCCESS',
  'namespace:company.team,other',
  'namespace:company*',
  '-namespace:a,b',
  'flow:etl',
  'flow:etl*',
  'flow:*load',
  'flow:*mid*',
  '-flow:noise',
  'team:data',
  '-team:data',
  'team:*',
  '-team:*',
  'label:state:odd',
  '>5m',
  '<=1h30m',
  'created:1d',
  'started:>2026-01-31',
  'ended:<=2026-01-31T08:00',
  'task:load',
  'trigger:hourly',
  'parent:exec_1',
  'child:yes',
  'scope:system',
];

describe('a part', () => {
  test.each(EVERY)('%s is typed, read and printed the same', (token) => {
    const part = parseToken(token);
    expect(part.kind).not.toBe('wrong');
    expect(printPart(part)).toBe(token);
  });

  test.each(EVERY)('%s goes through the address and back', (token) => {
    const part = parseToken(token);
    const search = new URLSearchParams(toParams([part])).toString();
    expect(fromParams(search)).toEqual([part]);
  });

  test.each([
    'state:FINE',
    'state:',
    'duration:>soon',
    'created:sometime',
    'created:>never',
    'flow:',
  ])('%s is refused with what would be right', (token) => {
    const part = parseToken(token);
    expect(part.kind === 'wrong' && part.problem.length).toBeGreaterThan(10);
  });
});

test('quotes hold words together and plain words are one text', () => {
  const parts = parseText('no such state:FAILED "city name":"New York" host');
  expect(parts).toEqual([
    { kind: 'state', not: false, states: ['FAILED'] },
    { kind: 'label', not: false, key: 'city name', value: 'New York' },
    { kind: 'text', value: 'no such host' },
  ]);
  expect(parseText(printText(parts))).toEqual(parts);
});

test('a key of the address that is no field is shown as wrong, never passed over', () => {
  const [part] = fromParams('?flowid=x');
  expect(part?.kind).toBe('wrong');
});

test('a new filter begins at the first page and leaves size and order', () => {
  const part = parseToken('state:FAILED');
  expect(withFilter('?after=abc&size=25&q=old', [part])).toBe('?state=FAILED&size=25');
});

test('a second choice of states replaces the first, a second label stands beside it', () => {
  const add = (parts: ReturnType<typeof parseText>, token: string) =>
    withPart(parts, parseToken(token));
  expect(printText(add(parseText('state:FAILED a:1'), 'state:SUCCESS'))).toBe('a:1 state:SUCCESS');
  expect(printText(add(parseText('a:1'), 'a:2'))).toBe('a:1 a:2');
  expect(printText(add(parseText('a:1'), 'a:1'))).toBe('a:1');
});

describe('the filter of the API', () => {
  const input = (text: string) => toInput(parseText(text) as Part[]);

  test('is null when nothing is asked', () => {
    expect(input('')).toBeNull();
    expect(input('state:NONSENSE')).toBeNull();
  });

  test('says each field in its own words', () => {
    expect(
      input('state:FAILED namespace:company.* flow:etl* team:data >5m created:24h disk full'),
    ).toEqual({
      state: { in: ['FAILED'] },
      namespace: { prefix: 'company' },
      flowId: { startsWith: 'etl' },
      labels: [{ key: 'team', value: 'data', op: 'EQUALS' }],
      duration: { gt: 'PT300S' },
      createdAt: { within: 'PT86400S' },
      text: 'disk full',
    });
  });

  test('puts a second part of the same field under and', () => {
    expect(input('a:1 b:2')).toEqual({
      labels: [{ key: 'a', value: '1', op: 'EQUALS' }],
      and: [{ labels: [{ key: 'b', value: '2', op: 'EQUALS' }] }],
    });
  });

  test('turns round what has no operator of its own', () => {
    expect(input('-flow:etl*')).toEqual({ not: { flowId: { startsWith: 'etl' } } });
    expect(input('-flow:etl')).toEqual({ flowId: { notEq: 'etl' } });
  });
});

import { expect, test } from 'vitest';
import { keptOf, sameView } from './address';
import { currentOf, inputOf, namedAs, viewOf } from './views';

const facts = (name: string, settings: unknown) => ({
  id: `sv_${name}`,
  name,
  version: 3,
  filter: {},
  settings,
});

test('a view keeps the filter and the order, and not where somebody stood', () => {
  expect(keptOf('?state=FAILED&order=-duration&after=x&size=100&chart=no')).toBe(
    'state=FAILED&order=-duration',
  );
});

test('two addresses show the same whatever the order of their keys', () => {
  expect(sameView('?state=FAILED&label=a:b', 'label=a%3Ab&state=FAILED&after=x')).toBe(true);
  expect(sameView('?state=FAILED', '?state=KILLED')).toBe(false);
  expect(sameView('?label=a:b&label=c:d', '?label=a:b')).toBe(false);
});

test('what is saved can be asked of the API, and shown again by its address', () => {
  const input = inputOf(' Failed today ', '?state=FAILED&created=1d&size=25', ['state', 'flow']);
  expect(input).toEqual({
    name: 'Failed today',
    filter: {
      executions: { state: { in: ['FAILED'] }, createdAt: { within: 'PT86400S' } },
    },
    settings: { search: 'state=FAILED&created=1d', columns: ['state', 'flow'] },
  });
});

test('a view is replaced only as it was read', () => {
  const view = viewOf(facts('mine', { search: '' }));
  expect(inputOf('mine', '', null, view)).toMatchObject({ id: 'sv_mine', expectedVersion: 3 });
});

test('settings of another client are passed over, piece by piece', () => {
  expect(viewOf(facts('a', null))).toMatchObject({ search: null, columns: null });
  expect(viewOf(facts('b', { search: 7, columns: ['state', 'sparkles', 4] }))).toMatchObject({
    search: null,
    columns: ['state'],
  });
});

test('the view on screen is known by what the address shows, a taken name by its words', () => {
  const views = [viewOf(facts('a', null)), viewOf(facts('b', { search: 'state=FAILED' }))];
  expect(currentOf(views, '?state=FAILED&size=25')?.name).toBe('b');
  expect(currentOf(views, '')).toBeUndefined();
  expect(namedAs(views, ' b ')?.id).toBe('sv_b');
});

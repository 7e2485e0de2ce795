import { expect, test } from 'vitest';
import { noteOperation, operationsOf } from './spoken';

test('a page shows its own operations, each once, with what was sent last', () => {
  noteOperation('query List($first:Int){executions{nodes{id}}}', { first: 25 }, '/executions');
  noteOperation('subscription Live{executions{__typename}}', {}, '/executions');
  noteOperation('query List($first:Int){executions{nodes{id}}}', { first: 50 }, '/executions');
  noteOperation('query Flows{flows{nodes{id}}}', {}, '/flows');
  expect(operationsOf('/executions')).toMatchObject([
    { name: 'Live' },
    { name: 'List', variables: { first: 50 } },
  ]);
  expect(operationsOf('/flows').map(({ name }) => name)).toEqual(['Flows']);
});

test('what was asked long ago is forgotten', () => {
  noteOperation('query First{flows{nodes{id}}}', {}, '/old');
  for (let at = 0; at < 60; at += 1) noteOperation(`query Q${at}{flows{nodes{id}}}`, {}, '/new');
  expect(operationsOf('/old')).toEqual([]);
  expect(operationsOf('/new').length).toBeLessThanOrEqual(40);
});

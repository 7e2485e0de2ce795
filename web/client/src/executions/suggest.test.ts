import { expect, test } from 'vitest';
import { parseToken } from './filter';
import { suggest } from './suggest';

const known = {
  namespaces: ['company.team', 'company.ops'],
  flows: ['etl', 'report'],
  labels: ['team:data'],
};
const tokens = (typed: string) => suggest(typed, known).map(({ token }) => token);

test('an empty field offers the fields', () => {
  expect(tokens('')).toContain('state:');
  expect(tokens('')).toContain('created:');
});

test('the beginning of a state offers the state itself', () => {
  expect(tokens('fai')[0]).toBe('state:FAILED');
  expect(tokens('-fai')[0]).toBe('-state:FAILED');
});

test('after a comma the next state is offered and those given are not', () => {
  expect(tokens('state:FAILED,w')).toEqual(['state:FAILED,WARNING']);
  expect(tokens('state:failed,').every((token) => token.startsWith('state:FAILED,'))).toBe(true);
  expect(tokens('state:FAILED,')).not.toContain('state:FAILED,FAILED');
});

test('values that the server knows are offered, and the namespaces above them', () => {
  expect(tokens('namespace:')).toEqual([
    'namespace:company.team',
    'namespace:company.ops',
    'namespace:company.*',
  ]);
  expect(tokens('rep')).toContain('flow:report');
  expect(tokens('data')).toContain('team:data');
});

test('whatever is offered whole is understood', () => {
  for (const typed of [
    'state:',
    'namespace:',
    'flow:',
    'created:',
    'duration:',
    'label:',
    'child:',
    'scope:',
  ]) {
    for (const token of tokens(typed)) expect(parseToken(token).kind).not.toBe('wrong');
  }
});

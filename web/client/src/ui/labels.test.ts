import { expect, test } from 'vitest';
import { readLabels } from './labels';

test('labels are read as they are typed', () => {
  expect(readLabels(' team:data, stage:a:b ')).toEqual({
    labels: [
      { key: 'team', value: 'data' },
      { key: 'stage', value: 'a:b' },
    ],
  });
  expect(readLabels('')).toEqual({ labels: [] });
});

test('a word without a value is told', () => {
  expect(readLabels('team')).toEqual({ problem: '“team” is no label: write key:value.' });
});

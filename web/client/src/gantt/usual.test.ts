import { expect, test } from 'vitest';
import { usualOf } from './usual';

const samples = (taskId: string, ...times: number[]) => times.map((ms) => ({ taskId, ms }));

test('a task usually takes from its median to its 95th percentile', () => {
  const times = Array.from({ length: 20 }, (_, at) => (at + 1) * 10);
  expect(usualOf(samples('a', ...times.reverse())).get('a')).toEqual({ half: 100, most: 190 });
});

test('three earlier runs are too few to speak of', () => {
  const found = usualOf([...samples('few', 1, 2, 3), ...samples('enough', 4, 4, 4, 9)]);
  expect([...found]).toEqual([['enough', { half: 4, most: 9 }]]);
});

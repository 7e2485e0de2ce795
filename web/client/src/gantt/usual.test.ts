import { expect, test } from 'vitest';
import { nameOf, usualOf } from './usual';

const samples = (taskId: string, ...times: number[]) => times.map((ms) => ({ taskId, ms }));

test('a task usually takes from its median to its 95th percentile', () => {
  const times = Array.from({ length: 20 }, (_, at) => (at + 1) * 10);
  expect(usualOf(samples('a', ...times.reverse())).get(nameOf({ taskId: 'a' }))).toEqual({
    half: 100,
    most: 190,
  });
});

test('three earlier runs are too few to speak of', () => {
  const found = usualOf([...samples('few', 1, 2, 3), ...samples('enough', 4, 4, 4, 9)]);
  expect([...found]).toEqual([[nameOf({ taskId: 'enough' }), { half: 4, most: 9 }]]);
});

test('in a loop each value has its own usual time', () => {
  const of = (value: string, ms: number) => ({ taskId: 'dump', value, ms });
  const found = usualOf([1, 1, 1, 1].flatMap(() => [of('small', 5), of('large', 500)]));
  expect(found.get(nameOf({ taskId: 'dump', value: 'small' }))?.most).toBe(5);
  expect(found.get(nameOf({ taskId: 'dump', value: 'large' }))?.half).toBe(500);
});

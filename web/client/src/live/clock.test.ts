import { expect, test } from 'vitest';
import { ServerClock } from './clock';

test('the least delayed message sets the clock', () => {
  let local = 1000;
  const clock = new ServerClock(() => local);
  clock.observe(1450);
  expect(clock.now()).toBe(1450);
  local = 2000;
  clock.observe(2490);
  expect(clock.offset).toBe(490);
  local = 3000;
  clock.observe(3100);
  expect(clock.offset).toBe(490);
});

test('old samples are forgotten, so that a corrected local clock is followed', () => {
  const clock = new ServerClock(() => 0);
  clock.observe(900);
  for (let sample = 0; sample < 8; sample += 1) clock.observe(100);
  expect(clock.offset).toBe(100);
});

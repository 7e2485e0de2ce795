import { beforeEach, expect, test } from 'vitest';
import { type ListItem, type ListSource, LiveList } from './list';
import type { StreamSink } from './stream';

interface Entry {
  readonly id: string;
  readonly state: string;
}

let frames: (() => void)[] = [];
let sink: StreamSink<ListItem<Entry>> | null = null;
let position = 0;
const told: ListSource<Entry> = {
  snapshot: async () => ({
    entries: [
      { id: 'b', state: 'RUNNING' },
      { id: 'a', state: 'RUNNING' },
    ],
    cursor: '0',
  }),
  open: (_variables, given) => {
    sink = given;
    return () => {
      sink = null;
    };
  },
};
const frame = () => {
  const due = frames;
  frames = [];
  for (const step of due) step();
};
const send = (id: string, state = 'RUNNING', belongs = true) => {
  position += 1;
  sink?.next({ kind: 'entry', cursor: String(position), entry: { id, state }, belongs });
};
const shown = async (most?: number): Promise<LiveList<Entry>> => {
  const list = new LiveList(told, {
    schedule: (step) => frames.push(step),
    ...(most === undefined ? {} : { most }),
  });
  list.start();
  await new Promise<void>((done) => setImmediate(done));
  return list;
};

beforeEach(() => {
  frames = [];
  position = 0;
});

test('an entry changes in its place', async () => {
  const list = await shown();
  send('a', 'SUCCESS');
  frame();
  expect(list.read().ids).toEqual(['b', 'a']);
  expect(list.entries.get('a')?.state).toBe('SUCCESS');
});

test('newcomers stand first, the newest on top', async () => {
  const list = await shown();
  send('c');
  send('d');
  frame();
  expect(list.read().ids).toEqual(['d', 'c', 'b', 'a']);
});

test('while somebody reads, newcomers are counted and nothing moves', async () => {
  const list = await shown();
  list.hold(true);
  send('c');
  send('b', 'SUCCESS', false);
  frame();
  expect(list.read()).toMatchObject({ ids: ['b', 'a'], arrived: 1 });
  expect(list.entries.get('b')?.state).toBe('SUCCESS');
  list.reveal();
  expect(list.read()).toMatchObject({ ids: ['c', 'b', 'a'], arrived: 0 });
});

test('what left the filter while somebody read goes when nobody does', async () => {
  const list = await shown();
  list.hold(true);
  send('b', 'SUCCESS', false);
  send('a', 'SUCCESS', false);
  frame();
  send('a', 'RUNNING');
  frame();
  expect(list.read().ids).toEqual(['b', 'a']);
  list.hold(false);
  expect(list.read().ids).toEqual(['a']);
});

test('what leaves the filter leaves the list, newcomers that leave again never come', async () => {
  const list = await shown();
  send('b', 'SUCCESS', false);
  send('c');
  send('c', 'SUCCESS', false);
  frame();
  expect(list.read()).toMatchObject({ ids: ['a'], arrived: 0 });
});

test('the list stays within its length', async () => {
  const list = await shown(3);
  for (const id of ['c', 'd', 'e']) send(id);
  frame();
  expect(list.read().ids).toEqual(['e', 'd', 'c']);
});

test('an older one that comes to match takes its place among the others', async () => {
  const list = await shown();
  send('d');
  frame();
  send('c');
  frame();
  expect(list.read().ids).toEqual(['d', 'c', 'b', 'a']);
});

test('a full list takes nothing from the pages behind it when that changes', async () => {
  const list = await shown(2);
  list.hold(true);
  send('0', 'FAILED');
  send('c');
  frame();
  expect(list.read()).toMatchObject({ ids: ['b', 'a'], arrived: 1 });
  expect(list.entries.get('0')).toBeUndefined();
});

import { beforeEach, describe, expect, test } from 'vitest';
import { ServerClock } from './clock';
import { LiveExecution } from './execution';
import { run, ScriptedServer } from './scripted';

let frames: (() => void)[] = [];
let timers: (() => void)[] = [];
let server: ScriptedServer;

const frame = () => {
  const due = frames;
  frames = [];
  for (const step of due) step();
};
const later = () => {
  const due = timers;
  timers = [];
  for (const step of due) step();
};
const settled = async () => {
  await new Promise<void>((done) => setImmediate(done));
  frame();
};

function watch(): LiveExecution {
  return new LiveExecution('exec', server, {
    schedule: (step) => frames.push(step),
    clock: new ServerClock(() => 0),
    later: (step) => {
      timers.push(step);
      return () => {
        timers = timers.filter((timer) => timer !== step);
      };
    },
  });
}

beforeEach(() => {
  frames = [];
  timers = [];
  server = new ScriptedServer();
});

describe('a live execution', () => {
  test('shows the snapshot and goes on from its cursor', async () => {
    server.emit(run('a'));
    const live = watch();
    live.start();
    await settled();
    expect(live.runs.get('a')?.state).toBe('RUNNING');
    expect(server.seenAfter).toEqual(['1']);
    server.emit(run('a', { state: 'SUCCESS' }));
    frame();
    expect(live.runs.get('a')?.state).toBe('SUCCESS');
    expect(live.health.phase.name).toBe('live');
  });

  test('misses nothing and doubles nothing when the socket is cut twenty times', async () => {
    const live = watch();
    live.start();
    await settled();
    const seen: number[] = [];
    live.runs.subscribeAll(() => seen.push(live.sequence));
    for (let cut = 0; cut < 20; cut += 1) {
      server.emit(run(`before-${cut}`));
      if (cut % 2 === 0) frame();
      server.cut();
      server.emit(run(`during-${cut}`));
      server.emit(run(`before-${cut}`, { state: 'SUCCESS' }));
      server.reconnect();
      server.repeat(3);
      frame();
    }
    expect(live.sequence).toBe(60);
    expect(live.runs.size).toBe(40);
    expect([...live.runs.values()].filter((each) => each.state === 'SUCCESS')).toHaveLength(20);
    expect(seen).toEqual([...seen].sort((a, b) => a - b));
    expect(new Set(seen).size).toBe(seen.length);
    expect(server.snapshots).toBe(1);
    expect(server.seenAfter).toHaveLength(21);
    expect(server.seenAfter.at(-1)).toBe('58');
  });

  test('tells a row once a frame, however much came for it', async () => {
    const live = watch();
    live.start();
    await settled();
    let told = 0;
    live.runs.subscribe('a', () => {
      told += 1;
    });
    for (let change = 0; change < 1000; change += 1) server.emit(run('a', { iteration: change }));
    expect(frames).toHaveLength(1);
    frame();
    expect(told).toBe(1);
    expect(live.runs.get('a')?.iteration).toBe(999);
  });

  test('queries again when its cursor is older than what the server keeps', async () => {
    const live = watch();
    live.start();
    await settled();
    server.emit(run('a'));
    frame();
    server.cut();
    server.emit(run('b'));
    server.emit(run('c'));
    server.oldestKept = 3;
    server.reconnect();
    await settled();
    expect(server.snapshots).toBe(2);
    expect([...live.runs.values()].map((each) => each.id)).toEqual(['a', 'b', 'c']);
    expect(server.subscribers).toBe(1);
  });

  test('subscribes again from where it was when the server completes the stream', async () => {
    const live = watch();
    live.start();
    await settled();
    server.emit(run('a'));
    frame();
    server.complete();
    expect(server.subscribers).toBe(0);
    server.emit(run('b'));
    later();
    frame();
    expect(live.runs.size).toBe(2);
    expect(server.snapshots).toBe(1);
  });

  test('begins anew when the server does not know its cursor', async () => {
    const live = watch();
    live.start();
    await settled();
    server.fail('not a cursor', 'BAD_CURSOR');
    expect(live.health.phase).toEqual({ name: 'waiting', problem: 'not a cursor' });
    later();
    await settled();
    expect(server.snapshots).toBe(2);
    expect(live.health.phase.name).toBe('live');
  });

  test('says that an unknown execution is gone and stops asking', async () => {
    const live = watch();
    live.start();
    await settled();
    server.fail('no such execution', 'NOT_FOUND');
    expect(live.health.phase.name).toBe('gone');
    expect(timers).toHaveLength(0);
  });

  test('hears nothing more once stopped', async () => {
    const live = watch();
    live.start();
    await settled();
    live.stop();
    server.emit(run('a'));
    frame();
    expect(live.runs.size).toBe(0);
    expect(server.subscribers).toBe(0);
  });

  test('changes its outline only when a run comes or moves', async () => {
    const live = watch();
    live.start();
    await settled();
    server.emit(run('a'));
    frame();
    const outline = live.structure;
    server.emit(run('a', { state: 'SUCCESS' }));
    frame();
    expect(live.structure).toBe(outline);
    server.emit(run('b', { parentId: 'a' }));
    frame();
    expect(live.structure).toBe(outline + 1);
  });

  test('drops a run that a restart took away, and says when the execution itself is deleted', async () => {
    server.emit(run('a'));
    server.emit(run('b'));
    const live = watch();
    live.start();
    await settled();
    const { epoch } = live.runs;
    server.remove('b');
    frame();
    expect([...live.runs.values()].map((each) => each.id)).toEqual(['a']);
    expect(live.runs.epoch).toBe(epoch + 1);
    server.removeAll();
    frame();
    expect(live.health.phase.name).toBe('gone');
    expect(server.subscribers).toBe(0);
  });
});

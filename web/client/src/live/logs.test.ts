import { beforeEach, expect, test } from 'vitest';
import {
  LiveLogs,
  type LogBounds,
  type LogItem,
  type LogLine,
  type LogPage,
  type LogSource,
  PAGE,
} from './logs';
import type { StreamSink, StreamVariables } from './stream';

const line = (number: number, at = number): LogLine => ({
  id: `lg_${number}`,
  at,
  level: 'INFO',
  message: `line ${number}`,
  taskRunId: null,
  taskId: null,
  attempt: null,
});

/** A log whose pages and stream are read from one array. */
class ScriptedLog implements LogSource {
  readonly all: LogLine[] = [];
  subscription: { variables: StreamVariables; sink: StreamSink<LogItem> } | null = null;

  write(count: number, at?: number): void {
    for (let more = 0; more < count; more += 1) this.all.push(line(this.all.length + 1, at));
  }

  async page(count: number, { upTo, before }: LogBounds): Promise<LogPage> {
    const there = this.all.filter(
      (each, at) => (upTo === null || each.at <= upTo) && (before === null || at < Number(before)),
    );
    const lines = there.slice(-count);
    const first = lines[0];
    return {
      lines,
      hasOlder: lines.length < there.length,
      startCursor: first === undefined ? null : String(this.all.indexOf(first)),
      streamCursor: String(this.all.length),
    };
  }

  open(variables: StreamVariables, sink: StreamSink<LogItem>): () => void {
    this.subscription = { variables, sink };
    return () => {
      this.subscription = null;
    };
  }

  /** Send everything after the subscription's cursor. */
  send(repeat = 0): void {
    const from = Number(this.subscription?.variables.after ?? 0) - repeat;
    const lines = this.all.slice(Math.max(0, from));
    this.subscription?.sink.next({ kind: 'lines', cursor: String(this.all.length), lines });
  }
}

let frames: (() => void)[] = [];
const frame = () => {
  const due = frames;
  frames = [];
  for (const step of due) step();
};
const settled = () => new Promise<void>((done) => setImmediate(done));
const follow = (log: ScriptedLog, mostHeld?: number): LiveLogs => {
  const live = new LiveLogs(log, {
    schedule: (step) => frames.push(step),
    ...(mostHeld === undefined ? {} : { mostHeld }),
  });
  live.start();
  return live;
};

beforeEach(() => {
  frames = [];
});

test('begins with the end of the log and follows it', async () => {
  const log = new ScriptedLog();
  log.write(PAGE + 20);
  const live = follow(log);
  await settled();
  expect(live.read().lines).toHaveLength(PAGE);
  expect(live.read().hasOlder).toBe(true);
  log.write(3);
  log.send();
  frame();
  expect(live.read().lines.at(-1)?.message).toBe(`line ${PAGE + 23}`);
});

test('a repeated line appears once', async () => {
  const log = new ScriptedLog();
  log.write(5);
  const live = follow(log);
  await settled();
  log.write(2);
  log.send(4);
  frame();
  expect(live.read().lines.map((each) => each.id)).toEqual(log.all.map((each) => each.id));
});

test('pages backwards to the beginning without a gap', async () => {
  const log = new ScriptedLog();
  log.write(PAGE * 2 + 7);
  const live = follow(log);
  await settled();
  while (live.read().hasOlder) await live.loadOlder();
  expect(live.read().lines.map((each) => each.id)).toEqual(log.all.map((each) => each.id));
  expect(live.read().prepended).toBe(PAGE + 7);
});

test('pages backwards through more lines of one moment than a page holds', async () => {
  const log = new ScriptedLog();
  log.write(PAGE * 3, 1);
  const live = follow(log);
  await settled();
  while (live.read().hasOlder) await live.loadOlder();
  expect(live.read().lines).toHaveLength(PAGE * 3);
});

test('holds a bounded number of lines and can page the dropped ones in again', async () => {
  const log = new ScriptedLog();
  const live = follow(log, 1000);
  await settled();
  for (let burst = 0; burst < 30; burst += 1) {
    log.write(100);
    log.send();
    frame();
    expect(live.read().lines.length).toBeLessThanOrEqual(1000);
  }
  expect(live.read().lines.at(-1)?.message).toBe('line 3000');
  expect(live.read().hasOlder).toBe(true);
  while (live.read().hasOlder) await live.loadOlder();
  expect(live.read().lines.map((each) => each.id)).toEqual(log.all.map((each) => each.id));
});

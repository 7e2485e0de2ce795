/** The live execution of a page, shared by its tabs, and hooks that draw parts of it. */
import { useEffect, useState, useSyncExternalStore } from 'react';
import { LiveExecution, type StreamHealth } from './execution';
import { executionSource } from './executionSource';
import { paced } from './pace';
import type { ExecutionRecord, RunRecord } from './records';

/** After its last reader has gone an execution is followed a little longer: tabs come and go. */
const LINGER_MS = 5000;

interface Shared {
  readonly live: LiveExecution;
  readers: number;
  leaving: ReturnType<typeof setTimeout> | null;
}

const shared = new Map<string, Shared>();

function enter(id: string): Shared {
  const known = shared.get(id);
  if (known !== undefined) return known;
  const fresh: Shared = { live: new LiveExecution(id, executionSource), readers: 0, leaving: null };
  shared.set(id, fresh);
  return fresh;
}

function read(id: string): () => void {
  const entry = enter(id);
  if (entry.leaving !== null) clearTimeout(entry.leaving);
  else if (entry.readers === 0) entry.live.start();
  entry.leaving = null;
  entry.readers += 1;
  return () => {
    entry.readers -= 1;
    if (entry.readers > 0) return;
    entry.leaving = setTimeout(() => {
      entry.live.stop();
      shared.delete(id);
    }, LINGER_MS);
  };
}

export function useLiveExecution(id: string): LiveExecution {
  const [live, setLive] = useState(() => enter(id).live);
  useEffect(() => {
    setLive(enter(id).live);
    return read(id);
  }, [id]);
  return live;
}

/** The execution's own record; null until the first snapshot has come. */
export const useExecution = (live: LiveExecution): ExecutionRecord | null =>
  useSyncExternalStore(live.subscribeHead, () => live.execution);

export const useHealth = (live: LiveExecution): StreamHealth =>
  useSyncExternalStore(live.subscribeHead, () => live.health);

/** Changes when rows come or go. */
export const useStructure = (live: LiveExecution): number =>
  useSyncExternalStore(live.subscribeStructure, () => live.structure);

/** One task run; draws again only when that one changes. */
export const useRun = (live: LiveExecution, id: string | null): RunRecord | undefined =>
  useSyncExternalStore(
    (listener) => (id === null ? () => undefined : live.runs.subscribe(id, listener)),
    () => (id === null ? undefined : live.runs.get(id)),
  );

/** Changes a few times a second while anything changes: for what looks at every run. */
export function usePacedVersion(live: LiveExecution, ms = 250): number {
  const [version, setVersion] = useState(live.runs.version);
  useEffect(() => {
    const { ask, stop } = paced(() => setVersion(live.runs.version), ms);
    ask();
    const leave = live.runs.subscribeAll(ask);
    return () => {
      leave();
      stop();
    };
  }, [live, ms]);
  return version;
}

/** Changes with every frame in which anything changed. */
export const useVersion = (live: LiveExecution): number =>
  useSyncExternalStore(
    (listener) => live.runs.subscribeAll(listener),
    () => live.runs.version,
  );

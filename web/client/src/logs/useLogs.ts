import { useEffect, useMemo, useRef, useSyncExternalStore } from 'react';
import type { LogFilter } from '../gql/graphql';
import { logSource } from '../live/logSource';
import { LiveLogs, type LogState } from '../live/logs';

export interface Logs {
  readonly state: LogState;
  /** These are the lines of the filter before: those asked for have not come yet. */
  readonly stale: boolean;
  readonly loadOlder: () => void;
}

/** The lines a filter leaves, live; while a new filter loads, the lines of the last one stay. */
export function useLogs(filter: LogFilter): Logs {
  const key = JSON.stringify(filter);
  const logs = useMemo(() => new LiveLogs(logSource(JSON.parse(key) as LogFilter)), [key]);
  useEffect(() => {
    logs.start();
    return () => logs.stop();
  }, [logs]);
  const state = useSyncExternalStore(logs.subscribe, logs.read);
  const last = useRef(state);
  const loading = state.phase.name === 'loading';
  if (!loading) last.current = state;
  return {
    state: loading ? last.current : state,
    stale: loading,
    loadOlder: () => void logs.loadOlder().catch(() => undefined),
  };
}

import { useEffect, useState } from 'react';
import type { LiveExecution } from '../live/execution';
import { folded, type TaskStates } from './fold';

/** Above this many runs the fold is made less often, so that it stays a small part of a frame. */
const MANY = 2000;
const SELDOM_MS = 150;

/** The states of the tasks, now or at `at`; now is folded again in the frames in which something changed. */
export function useTaskStates(live: LiveExecution, at: number | null): TaskStates {
  const [states, setStates] = useState<TaskStates>(() => folded(live.runs.values(), at));
  useEffect(() => {
    setStates(folded(live.runs.values(), at));
    if (at !== null) return;
    let timer: ReturnType<typeof setTimeout> | null = null;
    const fold = () => {
      timer = null;
      setStates(folded(live.runs.values(), null));
    };
    const changed = () => {
      if (live.runs.size < MANY) fold();
      else timer ??= setTimeout(fold, SELDOM_MS);
    };
    const stop = live.runs.subscribeAll(changed);
    return () => {
      stop();
      if (timer !== null) clearTimeout(timer);
    };
  }, [live, at]);
  return states;
}

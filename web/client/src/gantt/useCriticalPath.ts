import { useEffect, useState } from 'react';
import type { LiveExecution } from '../live/execution';
import { criticalPath } from './criticalPath';

const AGAIN_MS = 500;
const NONE: readonly string[] = [];

/** The critical path while it is wanted, found anew at most twice a second. */
export function useCriticalPath(live: LiveExecution, wanted: boolean): readonly string[] {
  const [path, setPath] = useState(NONE);
  useEffect(() => {
    if (!wanted) {
      setPath(NONE);
      return;
    }
    let found = -1;
    const find = () => {
      if (found === live.runs.version) return;
      found = live.runs.version;
      setPath(criticalPath(live.runs.values(), live.clock.now()));
    };
    find();
    const timer = setInterval(find, AGAIN_MS);
    return () => clearInterval(timer);
  }, [live, wanted]);
  return path;
}

import { useEffect, useState } from 'react';
import type { ExecutionsList } from '../executions/useExecutionsList';
import {
  type ExecutionFilter,
  ExecutionsOverTimeDocument,
  type ExecutionsOverTimeQuery,
} from '../gql/graphql';
import { serverClock } from '../live/clock';
import { ask } from '../live/request';
import { toIso } from '../ui/duration';
import type { Range } from './range';

export interface Figures {
  readonly range: Range;
  readonly statistics: ExecutionsOverTimeQuery['executionStatistics'];
}

/** After a change of the list so soon, and without one that seldom: time goes on, too. */
const SOON_MS = 2000;
const SELDOM_MS = 15_000;

/** The figures of a filter over a range that may move with the time; the last ones stay until the next have come. */
export function useStatistics(
  filter: ExecutionFilter | null,
  rangeAt: (now: number) => Range,
  key: string,
  list: ExecutionsList | null,
): { figures: Figures | null; problem: string | null } {
  const [figures, setFigures] = useState<Figures | null>(null);
  const [problem, setProblem] = useState<string | null>(null);
  // biome-ignore lint/correctness/useExhaustiveDependencies: the key says all that the filter and the range depend on
  useEffect(() => {
    let current = true;
    let timer: ReturnType<typeof setTimeout> | undefined;
    let due = 0;
    const plan = (ms: number) => {
      const at = Date.now() + ms;
      if (timer !== undefined && due <= at) return;
      clearTimeout(timer);
      due = at;
      timer = setTimeout(load, ms);
    };
    const load = async () => {
      timer = undefined;
      const range = rangeAt(serverClock.now());
      const createdAt = {
        gte: new Date(range.from).toISOString(),
        lte: new Date(range.to).toISOString(),
      };
      const whole = { and: [...(filter ? [filter] : []), { createdAt }] };
      try {
        const { executionStatistics } = await ask(ExecutionsOverTimeDocument, {
          filter: whole,
          interval: toIso(range.step),
        });
        if (current) setFigures({ range, statistics: executionStatistics });
        if (current) setProblem(null);
      } catch (thrown) {
        if (current) setProblem(thrown instanceof Error ? thrown.message : String(thrown));
      }
      if (current) plan(SELDOM_MS);
    };
    void load();
    const forget = list?.live.subscribe(() => plan(SOON_MS));
    const forgetRows = list?.live.entries.subscribeAll(() => plan(SOON_MS));
    return () => {
      current = false;
      clearTimeout(timer);
      forget?.();
      forgetRows?.();
    };
  }, [key, list]);
  return { figures, problem };
}

import { useCallback, useMemo, useRef, useState } from 'react';
import type { LiveExecution } from '../live/execution';
import { useStructure } from '../live/useLive';
import { type Branch, inOrder, Outline, opensByItself } from './outline';

export interface GanttRows {
  readonly outline: Outline;
  readonly rows: readonly Branch[];
  readonly isOpen: (branch: Branch) => boolean;
  readonly setOpen: (branch: Branch, open: boolean) => void;
  /** The row of a run, or of the nearest row around it that is not inside a closed one. */
  readonly indexOf: (runId: string) => number;
}

/** The rows on show: the outline grown to what the store holds, less what is closed. */
export function useGanttRows(live: LiveExecution): GanttRows {
  const structure = useStructure(live);
  const [chosen, setChosen] = useState<ReadonlyMap<string, boolean>>(new Map());
  const grown = useRef({ outline: new Outline(), epoch: -1, upTo: 0, live });

  const isOpen = useCallback(
    (branch: Branch) => chosen.get(branch.key) ?? opensByItself(branch),
    [chosen],
  );
  const setOpen = useCallback(
    (branch: Branch, open: boolean) => setChosen((before) => new Map(before).set(branch.key, open)),
    [],
  );
  // biome-ignore lint/correctness/useExhaustiveDependencies: the structure's number stands for the runs in the store
  const rows = useMemo(() => grow(grown.current, live).visible(isOpen), [structure, live, isOpen]);
  const { outline } = grown.current;
  const placed = useRef<{ of: unknown; places: Map<string, number> } | null>(null);
  const indexOf = useCallback(
    (runId: string) => {
      // Made when it is asked for: rows come each frame, and few frames draw the critical path.
      if (placed.current?.of !== rows)
        placed.current = { of: rows, places: new Map(rows.map(({ key }, at) => [key, at])) };
      const { places } = placed.current;
      for (let branch = outline.find(runId) ?? null; branch !== null; branch = branch.parent) {
        const place = places.get(branch.key);
        if (place !== undefined) return place;
      }
      return -1;
    },
    [outline, rows],
  );
  return { outline, rows, isOpen, setOpen, indexOf };
}

interface Grown {
  outline: Outline;
  epoch: number;
  upTo: number;
  live: LiveExecution;
}

function grow(state: Grown, live: LiveExecution): Outline {
  const { runs } = live;
  if (state.live !== live || state.epoch !== runs.epoch) {
    state.live = live;
    state.epoch = runs.epoch;
    state.outline = new Outline();
    state.outline.grow(runs, inOrder(runs.values()));
  } else {
    const newcomers = runs.arrivals.slice(state.upTo).flatMap((id) => runs.get(id) ?? []);
    state.outline.grow(runs, newcomers);
  }
  state.upTo = runs.arrivals.length;
  return state.outline;
}

import { useEffect, useRef } from 'react';
import type { LiveExecution } from '../live/execution';
import type { RunRecord } from '../live/records';
import { useFrame } from '../live/useFrame';
import { usePalette } from '../states/palette';
import { sized } from '../viewport/canvas';
import { type Before, placeOf } from './before';
import type { Branch } from './outline';
import { paintBefore, paintGrid, paintPath, paintUsual } from './paint';
import type { Tick } from './ruler';
import type { GanttRows } from './useGanttRows';
import type { Usual } from './usual';
import { rowsInSight, type View } from './view';

interface Props {
  live: LiveExecution;
  rows: GanttRows;
  view: View;
  marks: readonly Tick[];
  /** Ids of the critical path, in order; empty when it is not shown. */
  path: readonly string[];
  /** How long tasks usually take; empty when nobody knows. */
  usual: ReadonlyMap<string, Usual>;
  /** The execution to compare with, if any. */
  before: Before | null;
  scroll: number;
  height: number;
  ongoing: boolean;
}

/** Under the rows: the grid of time and the critical path. */
export function GanttCanvas(props: Props) {
  const { live, rows, view, marks, path, usual, before, scroll, height, ongoing } = props;
  const canvas = useRef<HTMLCanvasElement>(null);
  const palette = usePalette();
  const inSight = () => {
    const [first, last] = rowsInSight(scroll, height, rows.rows.length);
    return rows.rows.slice(first, last).map((branch, offset) => ({ branch, row: first + offset }));
  };
  const paint = () => {
    const pen = canvas.current && sized(canvas.current, view.width, height);
    if (!pen) return;
    paintGrid(pen, view, marks, height, palette);
    const seen = inSight();
    paintUsual(pen, view, usual.size === 0 ? [] : runsOf(seen, live), usual, scroll, palette);
    if (before !== null && live.execution !== null)
      paintBefore(pen, view, besides(seen, before, live), scroll, palette);
    if (path.length === 0) return;
    const steps = path.flatMap((id): { run: RunRecord; row: number }[] => {
      const run = live.runs.get(id);
      return run === undefined ? [] : [{ run, row: rows.indexOf(id) }];
    });
    paintPath(pen, view, steps, scroll, live.clock.now(), palette);
  };
  useEffect(paint);
  useFrame(ongoing && path.length > 0, paint);
  return <canvas ref={canvas} style={{ width: view.width, height }} />;
}

interface Seen {
  readonly branch: Branch;
  readonly row: number;
}

function runsOf(seen: readonly Seen[], live: LiveExecution): { run: RunRecord; row: number }[] {
  return seen.flatMap(({ branch: { runId }, row }) => {
    const run = runId === null ? undefined : live.runs.get(runId);
    return run === undefined ? [] : [{ run, row }];
  });
}

/** Where the work of the rows lay in the execution before, had that begun with this one. */
function besides(seen: readonly Seen[], { places }: Before, live: LiveExecution) {
  const begun = live.execution?.createdAt ?? 0;
  return seen.flatMap(({ branch, row }) => {
    const place = placeOf(branch, live.runs, places);
    return place === undefined ? [] : [{ row, from: begun + place.from, to: begun + place.to }];
  });
}

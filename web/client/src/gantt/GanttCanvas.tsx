import { useEffect, useRef } from 'react';
import type { LiveExecution } from '../live/execution';
import type { RunRecord } from '../live/records';
import { useFrame } from '../live/useFrame';
import { usePalette } from '../states/palette';
import { sized } from '../viewport/canvas';
import { paintGrid, paintPath, paintUsual } from './paint';
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
  scroll: number;
  height: number;
  ongoing: boolean;
}

/** Under the rows: the grid of time and the critical path. */
export function GanttCanvas(props: Props) {
  const { live, rows, view, marks, path, usual, scroll, height, ongoing } = props;
  const canvas = useRef<HTMLCanvasElement>(null);
  const palette = usePalette();
  const inSight = () => {
    const [first, last] = rowsInSight(scroll, height, rows.rows.length);
    return rows.rows.slice(first, last).flatMap(({ runId }, offset) => {
      const run = usual.size === 0 || runId === null ? undefined : live.runs.get(runId);
      return run === undefined ? [] : [{ run, row: first + offset }];
    });
  };
  const paint = () => {
    const pen = canvas.current && sized(canvas.current, view.width, height);
    if (!pen) return;
    paintGrid(pen, view, marks, height, palette);
    paintUsual(pen, view, inSight(), usual, scroll, palette);
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

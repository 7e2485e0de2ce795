/** What the Gantt draws on canvases: the grid and the critical path under the rows, every bar in the overview. */
import type { KeyedStore } from '../live/keyed';
import type { RunRecord } from '../live/records';
import { startedAt } from '../live/records';
import type { Palette } from '../states/palette';
import type { State } from '../states/states';
import { extent } from './bars';
import type { Tick } from './ruler';
import { nameOf, type Usual } from './usual';
import { pixelsPerMs, ROW, type View } from './view';

export function paintGrid(
  pen: CanvasRenderingContext2D,
  view: View,
  marks: readonly Tick[],
  height: number,
  palette: Palette,
): void {
  pen.fillStyle = palette.token('--line');
  const scale = pixelsPerMs(view);
  for (const { at } of marks)
    pen.fillRect(Math.round((at - view.window.from) * scale), 0, 1, height);
}

/** A pale band from when half of the earlier runs of a task had ended to when nearly all had. */
export function paintUsual(
  pen: CanvasRenderingContext2D,
  view: View,
  rows: readonly { readonly run: RunRecord; readonly row: number }[],
  usual: ReadonlyMap<string, Usual>,
  scroll: number,
  palette: Palette,
): void {
  const scale = pixelsPerMs(view);
  const colour = palette.token('--line-strong');
  for (const { run, row } of rows) {
    const known = usual.get(nameOf(run));
    const start = startedAt(run);
    if (known === undefined || start === null) continue;
    const left = (start + known.half - view.window.from) * scale;
    const width = (known.most - known.half) * scale;
    if (width < LEAST_BAND || left > view.width || left + width < 0) continue;
    const top = row * ROW - scroll + BAND_TOP;
    pen.fillStyle = colour;
    pen.globalAlpha = 0.45;
    pen.beginPath();
    pen.roundRect(left, top, width, ROW - 2 * BAND_TOP, 3);
    pen.fill();
    pen.globalAlpha = 1;
    pen.fillRect(left, top, 1, ROW - 2 * BAND_TOP);
  }
}

/** A slender line above each bar: where its work lay in the execution before. */
export function paintBefore(
  pen: CanvasRenderingContext2D,
  view: View,
  places: readonly { readonly row: number; readonly from: number; readonly to: number }[],
  scroll: number,
  palette: Palette,
): void {
  const scale = pixelsPerMs(view);
  pen.fillStyle = palette.token('--faint');
  for (const { row, from, to } of places) {
    const left = (from - view.window.from) * scale;
    const width = Math.max(2, (to - from) * scale);
    if (left > view.width || left + width < 0) continue;
    pen.fillRect(left, row * ROW - scroll + BEFORE_TOP, width, BEFORE_HEIGHT);
  }
}

const BEFORE_TOP = 4;
const BEFORE_HEIGHT = 3;

/** A narrower band says no more than the bar's end does. */
const LEAST_BAND = 3;
const BAND_TOP = 4;

interface Step {
  readonly left: number;
  readonly right: number;
  readonly y: number;
}

/** A line under each critical bar, and from the end of one to the beginning of the next. */
export function paintPath(
  pen: CanvasRenderingContext2D,
  view: View,
  path: readonly { readonly run: RunRecord; readonly row: number }[],
  scroll: number,
  now: number,
  palette: Palette,
): void {
  const scale = pixelsPerMs(view);
  const clamp = (x: number): number => Math.max(-50, Math.min(view.width + 50, x));
  pen.strokeStyle = palette.token('--text');
  pen.globalAlpha = 0.55;
  pen.lineWidth = 2;
  pen.lineJoin = 'round';
  pen.beginPath();
  let before: Step | null = null;
  for (const { run, row } of path) {
    if (row < 0) continue;
    const { from, to } = extent(run, now);
    const left = clamp((from - view.window.from) * scale);
    const right = clamp(Math.max((to - view.window.from) * scale, left + 3));
    const y = (row + 1) * ROW - 5 - scroll;
    if (before !== null && before.y !== y) {
      const x = Math.max(before.right, left - 1);
      pen.moveTo(before.right, before.y);
      pen.lineTo(x, before.y);
      pen.lineTo(x, y);
    }
    pen.moveTo(left, y);
    pen.lineTo(right, y);
    before = { left, right, y };
  }
  pen.stroke();
  pen.globalAlpha = 1;
}

/** Every run as a line of its state's colour, from the first at the top to the last at the bottom. */
export function paintOverview(
  pen: CanvasRenderingContext2D,
  view: View,
  height: number,
  order: readonly string[],
  runs: KeyedStore<RunRecord>,
  now: number,
  palette: Palette,
): void {
  const scale = pixelsPerMs(view);
  const step = order.length === 0 ? 0 : Math.min(6, height / order.length);
  const thick = Math.max(1, step * 0.72);
  const byState = new Map<State, number[]>();
  for (const [index, id] of order.entries()) {
    const run = runs.get(id);
    if (run === undefined || run.state === 'SKIPPED') continue;
    const { from, to } = extent(run, now);
    const boxes = byState.get(run.state) ?? [];
    boxes.push((from - view.window.from) * scale, index * step, Math.max(1.5, (to - from) * scale));
    byState.set(run.state, boxes);
  }
  for (const [state, boxes] of [...byState].sort(([a], [b]) => weight(a) - weight(b))) {
    pen.fillStyle = palette.state[state];
    for (let at = 0; at < boxes.length; at += 3)
      pen.fillRect(
        boxes[at] ?? 0,
        boxes[at + 1] ?? 0,
        boxes[at + 2] ?? 0,
        state === 'FAILED' ? Math.max(2, thick) : thick,
      );
  }
}

/** What must not be painted over comes last. */
const weight = (state: State): number => (state === 'FAILED' ? 2 : state === 'RUNNING' ? 1 : 0);

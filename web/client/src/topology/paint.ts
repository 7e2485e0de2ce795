/** What the topology draws on its canvas: clusters, edges and dots, and boxes for the tasks when seen from afar. */
import type { Palette } from '../states/palette';
import { type Box, overlaps, type Size, type Viewport, visible } from '../viewport/viewport';
import type { TaskStates } from './fold';
import type { GraphNode, PlacedEdge, PlacedGraph } from './graph';
import { trace } from './routes';

/** Below this zoom tasks are boxes on the canvas, above it cards. */
export const CARDS_FROM = 0.42;
const HANDOVER_MS = 700;

/** Ways drawn once and stroked every frame. */
export interface Ways {
  readonly edges: readonly PlacedEdge[];
  readonly faded: Path2D;
  readonly fadedAside: Path2D;
  readonly taken: Path2D;
  readonly takenAside: Path2D;
}

export function waysOf(placed: PlacedGraph, travelled: ReadonlySet<number>): Ways {
  const ways = {
    edges: placed.edges,
    faded: new Path2D(),
    fadedAside: new Path2D(),
    taken: new Path2D(),
    takenAside: new Path2D(),
  };
  for (const [at, edge] of placed.edges.entries()) {
    const path = travelled.has(at)
      ? edge.aside
        ? ways.takenAside
        : ways.taken
      : edge.aside
        ? ways.fadedAside
        : ways.faded;
    trace(path, edge.points);
  }
  return ways;
}

export interface Scene {
  readonly placed: PlacedGraph;
  readonly ways: Ways;
  readonly states: TaskStates;
  readonly view: Viewport;
  readonly screen: Size;
  readonly palette: Palette;
  readonly selected: string | null;
  /** When an edge was travelled, by its index; only the last moments matter. */
  readonly handovers: ReadonlyMap<number, number>;
  readonly now: number;
}

export function paint(pen: CanvasRenderingContext2D, scene: Scene): void {
  const { view } = scene;
  pen.save();
  pen.translate(view.x, view.y);
  pen.scale(view.zoom, view.zoom);
  const seen = visible(view, scene.screen);
  paintClusters(pen, scene, seen);
  paintEdges(pen, scene);
  paintHandovers(pen, scene);
  paintNodes(pen, scene, seen);
  pen.restore();
}

function paintClusters(
  pen: CanvasRenderingContext2D,
  { placed, view, palette, states }: Scene,
  seen: Box,
): void {
  pen.lineWidth = 1 / view.zoom;
  for (const cluster of placed.graph.clusters) {
    const box = placed.clusters.get(cluster.id);
    if (box === undefined || !overlaps(box, seen)) continue;
    const state = cluster.taskId === null ? undefined : states.get(cluster.taskId)?.state;
    pen.beginPath();
    pen.roundRect(box.x, box.y, box.width, box.height, 10);
    pen.fillStyle = palette.token('--hover');
    pen.fill();
    pen.strokeStyle =
      state === 'RUNNING' || state === 'FAILED' ? palette.state[state] : palette.token('--line');
    pen.globalAlpha = state === 'RUNNING' || state === 'FAILED' ? 0.45 : 1;
    pen.stroke();
    pen.globalAlpha = 1;
  }
}

function paintEdges(pen: CanvasRenderingContext2D, { ways, view, palette }: Scene): void {
  const width = Math.max(1.25, 0.6 / view.zoom);
  const stroke = (path: Path2D, colour: string, dashed: boolean) => {
    pen.setLineDash(dashed ? [4, 4] : []);
    pen.strokeStyle = colour;
    pen.stroke(path);
  };
  pen.lineWidth = width;
  stroke(ways.faded, palette.token('--line-strong'), false);
  stroke(ways.fadedAside, palette.token('--line-strong'), true);
  pen.lineWidth = width * 1.3;
  stroke(ways.taken, palette.token('--faint'), false);
  stroke(ways.takenAside, palette.token('--faint'), true);
  pen.setLineDash([]);
}

/** A short dash runs along an edge whose task has just handed over. */
function paintHandovers(
  pen: CanvasRenderingContext2D,
  { placed, handovers, now, palette }: Scene,
): void {
  pen.strokeStyle = palette.state.RUNNING;
  pen.lineWidth = 2.5;
  pen.lineCap = 'round';
  for (const [at, begun] of handovers) {
    const share = (now - begun) / HANDOVER_MS;
    const edge = placed.edges[at];
    if (share < 0 || share > 1 || edge === undefined) continue;
    const length = lengthOf(edge);
    const path = new Path2D();
    trace(path, edge.points);
    pen.setLineDash([18, length + 18]);
    pen.lineDashOffset = 18 - (1 - (1 - share) ** 2) * (length + 18);
    pen.stroke(path);
  }
  pen.setLineDash([]);
  pen.lineDashOffset = 0;
  pen.lineCap = 'butt';
}

export const stillHandingOver = (begun: number, now: number): boolean => now - begun < HANDOVER_MS;

function lengthOf({ points }: PlacedEdge): number {
  let sum = 0;
  for (const [at, point] of points.entries()) {
    const before = points[at - 1];
    if (before !== undefined) sum += Math.abs(point.x - before.x) + Math.abs(point.y - before.y);
  }
  return sum;
}

function paintNodes(pen: CanvasRenderingContext2D, scene: Scene, seen: Box): void {
  const { placed, view, palette } = scene;
  for (const node of placed.graph.nodes) {
    const box = placed.nodes.get(node.id);
    if (box === undefined || !overlaps(box, seen)) continue;
    if (node.kind === 'start' || node.kind === 'end') paintDot(pen, node, box, palette);
    else if (view.zoom < CARDS_FROM) paintBox(pen, node, box, scene);
  }
}

function paintDot(
  pen: CanvasRenderingContext2D,
  node: GraphNode,
  box: Box,
  palette: Palette,
): void {
  const radius = node.clusterId === null ? box.width / 2 : 2.5;
  pen.fillStyle = palette.token('--faint');
  pen.beginPath();
  pen.arc(box.x + box.width / 2, box.y + box.height / 2, radius, 0, Math.PI * 2);
  pen.fill();
}

function paintBox(pen: CanvasRenderingContext2D, node: GraphNode, box: Box, scene: Scene): void {
  const { palette, states, selected, view } = scene;
  const state = node.taskId === null ? undefined : states.get(node.taskId)?.state;
  pen.fillStyle = state === undefined ? palette.token('--line-strong') : palette.state[state];
  pen.beginPath();
  pen.roundRect(box.x, box.y, box.width, box.height, 8);
  pen.fill();
  if (node.taskId === null || node.taskId !== selected) return;
  pen.lineWidth = 3 / view.zoom;
  pen.strokeStyle = palette.token('--accent');
  pen.stroke();
}

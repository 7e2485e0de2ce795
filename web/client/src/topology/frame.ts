/** The measures of a graph, as they are when its ranks go across and when they go down. */
import type { Box, Size } from '../viewport/viewport';
import type { Course, GraphNode, Point } from './graph';

export const CARD: Size = { width: 180, height: 44 };
export const DOT: Size = { width: 10, height: 10 };
const CLUSTER_HEAD = 30;
const CLUSTER_PADDING = 16;

/** Along the ranks is x and beside them is y, whichever way the ranks go in the end. */
export interface Frame {
  readonly course: Course;
  readonly sizeOf: (node: GraphNode) => Size;
  /** What a cluster has around what it holds; its name stands at its top. */
  readonly before: Point;
  readonly after: Point;
  /** The least inside of a cluster: room for its name. */
  readonly least: Size;
  readonly rankGap: number;
}

const isDot = ({ kind }: GraphNode): boolean => kind === 'start' || kind === 'end';
const lying = ({ width, height }: Size): Size => ({ width: height, height: width });

const ACROSS: Frame = {
  course: 'across',
  sizeOf: (node) => (isDot(node) ? DOT : CARD),
  before: { x: CLUSTER_PADDING, y: CLUSTER_HEAD },
  after: { x: CLUSTER_PADDING, y: CLUSTER_PADDING },
  least: { width: CARD.width, height: 0 },
  rankGap: 52,
};

const DOWN: Frame = {
  course: 'down',
  sizeOf: (node) => (isDot(node) ? DOT : lying(CARD)),
  before: { x: CLUSTER_HEAD, y: CLUSTER_PADDING },
  after: { x: CLUSTER_PADDING, y: CLUSTER_PADDING },
  least: { width: 0, height: CARD.width },
  rankGap: 40,
};

export const frameOf = (course: Course): Frame => (course === 'down' ? DOWN : ACROSS);

export const turned = ({ x, y }: Point, course: Course): Point =>
  course === 'down' ? { x: y, y: x } : { x, y };

export const turnedBox = (box: Box, course: Course): Box =>
  course === 'down' ? { ...turned(box, course), ...lying(box) } : box;

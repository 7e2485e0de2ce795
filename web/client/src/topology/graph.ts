/** What a topology is made of, before and after it has places. */
import type { Box } from '../viewport/viewport';

export type NodeKind = 'task' | 'trigger' | 'start' | 'end';

export interface GraphNode {
  readonly id: string;
  readonly kind: NodeKind;
  /** The cluster it stands in, or null at the top. */
  readonly clusterId: string | null;
  readonly taskId: string | null;
  readonly label: string;
  /** The task's or trigger's type, in full. */
  readonly type: string;
  readonly disabled: boolean;
  /** The second line of its card, where that is not its type. */
  readonly caption?: string;
  /** What it is called aloud, where that is no task or trigger. */
  readonly noun?: string;
}

export interface GraphCluster {
  readonly id: string;
  readonly parentId: string | null;
  readonly label: string;
  /** The task whose children these are; null for a list of the flow. */
  readonly taskId: string | null;
}

export interface GraphEdge {
  readonly source: string;
  readonly target: string;
  /** The value of a choice, `then`, `else`; empty when there is none. */
  readonly label: string;
  /** The way of errors, finally, triggers: drawn dashed. */
  readonly aside: boolean;
}

export interface Graph {
  readonly nodes: readonly GraphNode[];
  readonly clusters: readonly GraphCluster[];
  readonly edges: readonly GraphEdge[];
}

export interface Point {
  readonly x: number;
  readonly y: number;
}

export interface PlacedEdge extends GraphEdge {
  readonly points: readonly Point[];
}

/** Which way the ranks go. */
export type Course = 'across' | 'down';

/** The same graph with a box for each node and cluster and a way for each edge. */
export interface PlacedGraph {
  readonly graph: Graph;
  readonly course: Course;
  readonly nodes: ReadonlyMap<string, Box>;
  readonly clusters: ReadonlyMap<string, Box>;
  readonly edges: readonly PlacedEdge[];
  readonly bounds: Box;
}

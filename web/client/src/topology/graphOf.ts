/** The API's topology as a graph to lay out. */
import type { TopologyPartsFragment } from '../gql/graphql';
import type { Graph, GraphNode, NodeKind } from './graph';

type Parts = TopologyPartsFragment;

const ASIDE: ReadonlySet<string> = new Set(['ERROR', 'FINALLY', 'AFTER_EXECUTION', 'TRIGGER']);

const KIND: Readonly<Record<string, NodeKind>> = {
  TRIGGER: 'trigger',
  START: 'start',
  END: 'end',
};

export function graphOf(parts: Parts): Graph {
  return {
    nodes: parts.nodes.map((node) => ({
      id: node.id,
      kind: KIND[node.kind] ?? 'task',
      clusterId: node.clusterId ?? null,
      taskId: node.taskId ?? null,
      label: node.taskId ?? '',
      type: node.type ?? '',
      disabled: node.disabled,
    })),
    clusters: parts.clusters.map((cluster) => ({
      id: cluster.id,
      parentId: cluster.parentId ?? null,
      label: cluster.label,
      taskId: cluster.taskId ?? null,
    })),
    edges: parts.edges.map(({ source, target, kind, label }) => ({
      source,
      target,
      label: label ?? '',
      aside: kind !== null && kind !== undefined && ASIDE.has(kind),
    })),
  };
}

/** The last part of a type's name: what people call it. */
export const shortType = (type: string): string => type.slice(type.lastIndexOf('.') + 1);

/** The second line of a node: what it is. */
export const captionOf = ({ caption, type }: GraphNode): string => caption ?? shortType(type);

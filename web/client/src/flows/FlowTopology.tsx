import { useMemo } from 'react';
import type { TopologyPartsFragment } from '../gql/graphql';
import { graphOf } from '../topology/graphOf';
import TopologyView from '../topology/TopologyView';

/** What the YAML says, as a graph; while it has errors, the graph of the last text that had none is shown faded. */
export default function FlowTopology({
  graph,
  stale,
}: {
  graph: TopologyPartsFragment;
  stale: boolean;
}) {
  const parts = useMemo(() => graphOf(graph), [graph]);
  return (
    <div className={stale ? 'flow-topology stale' : 'flow-topology'}>
      <TopologyView graph={parts} />
    </div>
  );
}

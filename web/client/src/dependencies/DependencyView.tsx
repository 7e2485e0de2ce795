import '../executions/executions.css';
import './dependencies.css';
import { useMemo } from 'react';
import { useUrlState } from '../app/urlState';
import { STATES } from '../states/states';
import type { GraphNode } from '../topology/graph';
import TopologyView from '../topology/TopologyView';
import { Empty } from '../ui/Empty';
import { Notice } from '../ui/Notice';
import { DependencyTable } from './DependencyTable';
import { graphOfFlows, type Parts, statesOf } from './dependencyGraph';

interface Props {
  parts: Parts;
  /** An execution is meant: its relatives are on the graph, and move. */
  live: boolean;
}

/** Flows that depend on each other: a graph above, its rows below; what is chosen in one is chosen in the other. */
export function DependencyView({ parts, live }: Props) {
  const [chosen, choose] = useUrlState('flow');
  const shape = JSON.stringify([
    parts.nodes.map(({ id, disabled }) => [id, disabled]),
    parts.edges,
  ]);
  // biome-ignore lint/correctness/useExhaustiveDependencies: laid out anew only when flows come or go
  const graph = useMemo(() => graphOfFlows(parts), [shape]);
  const states = useMemo(() => statesOf(parts), [parts]);
  if (parts.nodes.length < 2) return <Alone />;
  const moving = parts.nodes.some(({ state }) => state && STATES[state].active);
  const select = (node: GraphNode) => choose(node.id);
  return (
    <section className="dependencies" aria-label="Dependencies">
      {parts.isCut && (
        <Notice title="There are more than are shown here">
          Open one of the flows to go on from there.
        </Notice>
      )}
      <div className="dependency-graph">
        <TopologyView
          graph={graph}
          states={live ? states : undefined}
          selected={chosen}
          onSelect={select}
          live={live && moving}
          centred
        />
      </div>
      <div className="dependency-rows">
        <DependencyTable parts={parts} live={live} selected={chosen} onSelect={choose} />
      </div>
    </section>
  );
}

const Alone = () => (
  <Empty title="It stands alone">
    Write a <code>Subflow</code> task that starts another flow, or a <code>Flow</code> trigger that
    follows one: both flows are drawn here then, with all that come before and after them.
  </Empty>
);

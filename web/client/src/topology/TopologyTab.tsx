import { useCallback, useEffect, useState } from 'react';
import { useUrlState } from '../app/urlState';
import { useExecution, useHealth, useLiveExecution } from '../live/useLive';
import { isTerminal } from '../states/states';
import { Notice } from '../ui/Notice';
import type { Graph, GraphNode } from './graph';
import { graphOfExecution } from './graphSource';
import { TimeSlider } from './TimeSlider';
import TopologyView from './TopologyView';
import { useTaskStates } from './useTaskStates';

/** An execution's states on the graph of its flow, live or at a moment of its past. */
export default function TopologyTab({ executionId }: { executionId: string }) {
  const live = useLiveExecution(executionId);
  const execution = useExecution(live);
  const { phase } = useHealth(live);
  const [graph, problem] = useGraph(executionId);
  const [at, setAt] = useState<number | null>(null);
  const states = useTaskStates(live, at);
  const [task, setTask] = useUrlState('task');
  const select = useCallback(
    (node: GraphNode) => {
      if (node.taskId === null || node.kind === 'trigger') return;
      setTask(states.get(node.taskId)?.runId ?? node.taskId);
    },
    [states, setTask],
  );
  if (phase.name === 'gone') return <Notice title={phase.problem} />;
  if (problem !== null)
    return <Notice title={problem}>Open the tab again to try once more.</Notice>;
  if (graph === null || execution === null)
    return <div className="topology-page" aria-busy="true" />;
  const selected = task === null ? null : (live.runs.get(task)?.taskId ?? task);
  return (
    <section className="topology-page" aria-label="Topology of the execution">
      <TopologyView
        graph={graph}
        states={states}
        selected={selected}
        onSelect={select}
        live={at === null && !isTerminal(execution.state)}
      />
      <TimeSlider live={live} at={at} onChange={setAt} />
    </section>
  );
}

function useGraph(id: string): [Graph | null, string | null] {
  const [graph, setGraph] = useState<Graph | null>(null);
  const [problem, setProblem] = useState<string | null>(null);
  useEffect(() => {
    let wanted = true;
    graphOfExecution(id).then(
      (found) => wanted && setGraph(found),
      (error: Error) => wanted && setProblem(error.message),
    );
    return () => {
      wanted = false;
    };
  }, [id]);
  return [graph, problem];
}

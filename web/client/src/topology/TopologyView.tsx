import { type KeyboardEvent, useEffect, useMemo, useRef, useState } from 'react';
import { useUrlState } from '../app/urlState';
import type { State } from '../states/states';
import { Empty } from '../ui/Empty';
import { useBox } from '../viewport/useBox';
import { usePlane } from '../viewport/usePlane';
import {
  type Box,
  beginning,
  overlaps,
  type Size,
  type Viewport,
  visible,
} from '../viewport/viewport';
import { ClusterHead, countsByCluster } from './ClusterHead';
import type { TaskStates } from './fold';
import type { Course, Graph, GraphNode, PlacedGraph } from './graph';
import { layout } from './layout';
import { CARDS_FROM } from './paint';
import { TaskCard } from './TaskCard';
import './topology.css';
import { travelled } from './reach';
import { TopologyCanvas } from './TopologyCanvas';
import { TopologyList } from './TopologyList';
import { TopologyTools } from './TopologyTools';
import { isDirection, next } from './walk';

interface Props {
  graph: Graph;
  /** States of an execution by task id; without them the flow itself is shown. */
  states?: TaskStates;
  /** The task that is chosen, by its id. */
  selected?: string | null;
  onSelect?: (node: GraphNode) => void;
  /** Durations tick and hand-overs are shown. */
  live?: boolean;
  /** What is chosen elsewhere is brought into sight. */
  centred?: boolean;
}

const NONE: TaskStates = new Map();

/** A flow as a graph, with an execution's states on it when there are some. */
export default function TopologyView({
  graph,
  states,
  selected = null,
  onSelect,
  live = false,
  centred = false,
}: Props) {
  const stage = useRef<HTMLDivElement>(null);
  const screen = useBox(stage);
  const [course, turn] = useCourse(screen);
  const placed = useMemo(() => layout(graph, course), [graph, course]);
  const begin = useBeginning(placed, states, screen);
  const plane = usePlane(stage, placed.bounds, screen, begin);
  const [listed, setListed] = useState(false);
  const [stop, setStop] = useState<string | null>(null);
  const known = states ?? NONE;
  const taken = useMemo(() => travelled(graph, known), [graph, known]);
  const counts = useMemo(() => countsByCluster(graph, known), [graph, known]);
  useSight(placed, centred && screen.width > 0 ? selected : null, plane.reveal);
  const { view } = plane;
  const seen = visible(view, screen);
  const cards = view.zoom >= CARDS_FROM;
  const tasks = graph.nodes.filter(({ kind }) => kind === 'task' || kind === 'trigger');
  const tabStop = stop ?? tasks[0]?.id ?? null;

  const goTo = (id: string) => {
    const box = placed.nodes.get(id);
    if (box === undefined) return;
    setStop(id);
    plane.reveal(box);
    requestAnimationFrame(() =>
      stage.current?.querySelector<HTMLElement>(`[data-node="${CSS.escape(id)}"]`)?.focus(),
    );
  };
  const onKeyDown = (event: KeyboardEvent<HTMLElement>) => {
    const from = (event.target as HTMLElement).dataset.node ?? tabStop;
    if (isDirection(event.key) && from !== null) goTo(next(placed, from, event.key) ?? from);
    else if (!plane.key(event)) return;
    event.preventDefault();
  };
  if (tasks.length === 0)
    return <Empty title="No tasks yet">The flow's graph will be drawn here.</Empty>;
  return (
    <div className="topology">
      <div
        ref={stage}
        className="topology-stage"
        role="group"
        aria-label="Topology"
        tabIndex={cards ? undefined : 0}
        onKeyDown={onKeyDown}
        onPointerDown={plane.onPointerDown}
        onDoubleClick={({ target }) => target instanceof HTMLCanvasElement && plane.fit()}
      >
        <TopologyCanvas
          placed={placed}
          states={known}
          travelled={taken}
          view={view}
          screen={screen}
          selected={selected}
          live={live}
          onPick={onSelect}
        />
        {cards && (
          <div
            className="topology-layer"
            style={{ transform: `translate(${view.x}px, ${view.y}px) scale(${view.zoom})` }}
          >
            {graph.clusters.map((cluster) => {
              const box = placed.clusters.get(cluster.id);
              if (box === undefined || !overlaps(box, seen)) return null;
              return (
                <ClusterHead
                  key={cluster.id}
                  cluster={cluster}
                  box={box}
                  counts={counts.get(cluster.id) ?? new Map()}
                />
              );
            })}
            {tasks.map((node) => {
              const box = placed.nodes.get(node.id);
              if (box === undefined || (!overlaps(box, seen) && node.id !== tabStop)) return null;
              const task = node.taskId === null ? undefined : known.get(node.taskId);
              return (
                <TaskCard
                  key={node.id}
                  node={node}
                  box={box}
                  task={task}
                  faded={node.disabled || (states !== undefined && task === undefined)}
                  selected={selected !== null && node.taskId === selected}
                  stop={node.id === tabStop}
                  ticking={live}
                  onSelect={onSelect ?? ignore}
                />
              );
            })}
          </div>
        )}
      </div>
      <TopologyTools
        plane={plane}
        course={course}
        onTurn={turn}
        listed={listed}
        onList={() => setListed(!listed)}
      />
      {listed && (
        <TopologyList
          graph={graph}
          states={known}
          selected={selected}
          onSelect={onSelect ?? ignore}
        />
      )}
    </div>
  );
}

const ignore = () => undefined;

/** Brings what is chosen into sight, whoever chose it. */
function useSight(placed: PlacedGraph, selected: string | null, reveal: (box: Box) => void) {
  const known = useRef(placed);
  known.current = placed;
  useEffect(() => {
    const box = selected === null ? undefined : known.current.nodes.get(selected);
    if (box !== undefined) reveal(box);
  }, [selected, reveal]);
}

/** Across where there is more width, down where there is more height, until somebody turns it; the address keeps that. */
function useCourse({ width, height }: Size): [Course, () => void] {
  const [chosen, choose] = useUrlState('course');
  const natural: Course = height > width ? 'down' : 'across';
  const course: Course = chosen === 'down' || chosen === 'across' ? chosen : natural;
  const other: Course = course === 'down' ? 'across' : 'down';
  return [course, () => choose(other === natural ? null : other)];
}

/** Where to look first: at what failed or runs, when the whole cannot be read at once. */
function useBeginning(placed: PlacedGraph, states: TaskStates | undefined, screen: Size): Viewport {
  const known = useRef(states);
  if (known.current === undefined || known.current.size === 0) known.current = states;
  const first = known.current;
  return useMemo(() => {
    const found = (state: State) =>
      placed.graph.nodes.find(
        ({ taskId }) => taskId !== null && first?.get(taskId)?.state === state,
      );
    const told = found('FAILED') ?? found('RUNNING');
    const focus = told === undefined ? null : (placed.nodes.get(told.id) ?? null);
    return beginning(placed.bounds, screen, focus);
  }, [placed, screen, first]);
}

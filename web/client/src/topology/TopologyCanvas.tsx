import { type MouseEvent, useEffect, useMemo, useRef } from 'react';
import { useFrame } from '../live/useFrame';
import { usePalette } from '../states/palette';
import { sized } from '../viewport/canvas';
import type { Size, Viewport } from '../viewport/viewport';
import type { TaskStates } from './fold';
import type { GraphNode, PlacedGraph } from './graph';
import { CARDS_FROM, paint, stillHandingOver, waysOf } from './paint';

interface Props {
  placed: PlacedGraph;
  states: TaskStates;
  travelled: ReadonlySet<number>;
  view: Viewport;
  screen: Size;
  selected: string | null;
  live: boolean;
  /** A box was chosen, seen from afar. */
  onPick: ((node: GraphNode) => void) | undefined;
}

/** Everything of the graph that is no card. */
export function TopologyCanvas(props: Props) {
  const { placed, states, travelled, view, screen, selected, live, onPick } = props;
  const canvas = useRef<HTMLCanvasElement>(null);
  const palette = usePalette();
  const ways = useMemo(() => waysOf(placed, travelled), [placed, travelled]);
  const handovers = useHandovers(travelled, live);
  const draw = () => {
    const pen = canvas.current && sized(canvas.current, screen.width, screen.height);
    const now = performance.now();
    if (pen) paint(pen, { placed, ways, states, view, screen, palette, selected, handovers, now });
  };
  useEffect(draw);
  useFrame(live, () => {
    const now = performance.now();
    for (const [edge, begun] of handovers)
      if (!stillHandingOver(begun, now)) handovers.delete(edge);
    if (handovers.size > 0 || dirty.current) draw();
    dirty.current = handovers.size > 0;
  });
  const dirty = useRef(false);
  const pick = (event: MouseEvent<HTMLCanvasElement>) => {
    if (view.zoom >= CARDS_FROM || onPick === undefined) return;
    const { left, top } = event.currentTarget.getBoundingClientRect();
    const x = (event.clientX - left - view.x) / view.zoom;
    const y = (event.clientY - top - view.y) / view.zoom;
    const found = placed.graph.nodes.find((node) => {
      const box = placed.nodes.get(node.id);
      return box && x >= box.x && y >= box.y && x <= box.x + box.width && y <= box.y + box.height;
    });
    if (found) onPick(found);
  };
  return (
    <canvas
      ref={canvas}
      role="img"
      aria-label="The graph of the flow; the List button shows it as text"
      style={{ width: screen.width, height: screen.height }}
      onClick={pick}
    />
  );
}

/** When each edge came to be travelled while somebody watched. */
function useHandovers(travelled: ReadonlySet<number>, live: boolean): Map<number, number> {
  const before = useRef<ReadonlySet<number> | null>(null);
  const begun = useRef(new Map<number, number>());
  useEffect(() => {
    const still = matchMedia('(prefers-reduced-motion: reduce)').matches;
    if (live && !still && before.current !== null)
      for (const edge of travelled)
        if (!before.current.has(edge)) begun.current.set(edge, performance.now());
    before.current = travelled;
  }, [travelled, live]);
  return begun.current;
}

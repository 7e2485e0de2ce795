import { useCallback, useRef, useSyncExternalStore } from 'react';
import type { LiveExecution } from '../live/execution';
import { type Group, grouped } from '../live/groups';
import type { RunRecord } from '../live/records';
import { STATES } from '../states/states';
import { place } from './bars';
import type { Branch } from './outline';
import { pixelsPerMs, type View } from './view';

/** What the rows inside amount to; drawn again only when one of them has changed. */
export function useGroup(live: LiveExecution, branch: Branch): Group {
  const changes = useRef(0);
  const held = branch.children.length;
  const subscribe = useCallback(
    (tell: () => void) => {
      const changed = () => {
        changes.current += 1;
        tell();
      };
      const leaves = branch.children
        .slice(0, held)
        .flatMap(({ runId }) => (runId === null ? [] : live.runs.subscribe(runId, changed)));
      const unlisten = live.subscribeStructure(tell);
      return () => {
        unlisten();
        for (const leave of leaves) leave();
      };
    },
    [live, branch, held],
  );
  useSyncExternalStore(subscribe, () => `${branch.children.length} ${changes.current}`);
  const runs = branch.children.flatMap((child): RunRecord[] => {
    const run = child.runId === null ? undefined : live.runs.get(child.runId);
    return run === undefined ? [] : [run];
  });
  return grouped(runs);
}

/** A thin line from the first beginning to the last end inside. */
export function GroupBar({ group, view }: { group: Group; view: View }) {
  const end = group.to ?? view.window.to;
  const box = place(group.from, end, pixelsPerMs(view), view.window.from, view.width);
  if (box === null) return null;
  const grows = group.to === null;
  return (
    <span
      className="gantt-bar group"
      data-state={group.state}
      data-fill={STATES[group.state].fill}
      data-grows={grows || undefined}
      style={grows ? { left: box.left } : box}
    />
  );
}

import type { LiveExecution } from '../live/execution';
import { type Group, grouped } from '../live/groups';
import type { RunRecord } from '../live/records';
import { useVersion } from '../live/useLive';
import { STATES } from '../states/states';
import { place } from './bars';
import type { Branch } from './outline';
import { pixelsPerMs, type View } from './view';

/** What the rows inside amount to, as of this frame. */
export function useGroup(live: LiveExecution, branch: Branch): Group {
  useVersion(live);
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
  const width =
    group.to === null ? `max(3px, calc(var(--now-x) * 1px - ${box.left}px))` : box.width;
  return (
    <span
      className="gantt-bar group"
      data-state={group.state}
      data-fill={STATES[group.state].fill}
      style={{ left: box.left, width }}
    />
  );
}

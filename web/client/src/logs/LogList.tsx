import { type RefObject, useEffect, useLayoutEffect, useRef, useState } from 'react';
import { VList, type VListHandle } from 'virtua';
import type { LogLine } from '../live/logs';
import { Button } from '../ui/Button';
import { LogRow } from './LogRow';
import { mapOf } from './marks';
import type { Logs } from './useLogs';

interface Props {
  logs: Logs;
  list: RefObject<VListHandle | null>;
  wrap: boolean;
  since: number | null;
  current: number | null;
  sought: string;
  showTask: boolean;
  onTask: (line: LogLine) => void;
}

const NEAR_THE_END_PX = 32;
const NEAR_THE_TOP_PX = 400;
const MAP_SLOTS = 200;

/** The lines in sight. At the end it follows; away from it nothing moves and a chip counts what came. */
export function LogList({ logs, list, wrap, since, current, sought, showTask, onTask }: Props) {
  const { lines, hasOlder, prepended } = logs.state;
  const [follows, setFollows] = useState(true);
  const seen = useRef({ count: lines.length, prepended });
  const shift = seen.current.prepended !== prepended;
  const [unread, setUnread] = useState(0);

  const toEnd = () => list.current?.scrollToIndex(lines.length - 1, { align: 'end' });
  // biome-ignore lint/correctness/useExhaustiveDependencies: it runs when lines came, whatever else changed
  useLayoutEffect(() => {
    const { count, prepended: before } = seen.current;
    const appended = lines.length - count - (prepended - before);
    seen.current = { count: lines.length, prepended };
    if (follows) toEnd();
    else if (appended > 0) setUnread((unseen) => unseen + appended);
  }, [lines, prepended]);
  useEffect(() => {
    if (follows) setUnread(0);
  }, [follows]);

  const onScroll = (offset: number) => {
    const handle = list.current;
    if (handle === null) return;
    setFollows(offset + handle.viewportSize >= handle.scrollSize - NEAR_THE_END_PX);
    if (offset < NEAR_THE_TOP_PX && hasOlder) logs.loadOlder();
  };
  const marks = mapOf(lines, MAP_SLOTS);
  return (
    <div className={wrap ? 'log-list wrap' : 'log-list'} aria-busy={logs.stale}>
      <VList
        ref={list}
        data={lines}
        shift={shift}
        onScroll={onScroll}
        tabIndex={0}
        role="log"
        aria-live="off"
        aria-label="Log lines"
        className="log-scroll"
      >
        {(line, index) => (
          <LogRow
            key={line.id}
            line={line}
            number={hasOlder ? null : index + 1}
            since={since}
            current={index === current}
            sought={sought}
            showTask={showTask}
            onTask={onTask}
          />
        )}
      </VList>
      <div className="log-map" aria-hidden="true">
        {marks.map(({ top, level }) => (
          <i key={top} data-level={level} style={{ top: `${top * 100}%` }} />
        ))}
      </div>
      {unread > 0 && !follows && (
        <Button className="log-new" icon="down" onClick={toEnd}>
          {unread === 1 ? '1 new line' : `${unread} new lines`}
        </Button>
      )}
    </div>
  );
}

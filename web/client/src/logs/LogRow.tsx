import { memo } from 'react';
import { elapsed } from '../gantt/ruler';
import type { LogLine } from '../live/logs';
import { fullTime, preciseTime } from '../ui/time';
import { spans } from './ansi';

interface Props {
  line: LogLine;
  /** Null while lines before the first one held are missing. */
  number: number | null;
  /** The beginning of the execution, when times are counted from it. */
  since: number | null;
  current: boolean;
  /** The words searched for, in lower case. */
  sought: string;
  showTask: boolean;
  onTask: (line: LogLine) => void;
}

/** One line of the log: number, time, level, task, message. */
export const LogRow = memo(function LogRow(props: Props) {
  const { line, number, since, current, sought, showTask, onTask } = props;
  const at = new Date(line.at);
  return (
    <div className="log-line" data-level={line.level} data-current={current || undefined}>
      {number !== null && <span className="log-number">{number}</span>}
      <time dateTime={at.toISOString()} title={fullTime(at)}>
        {since === null ? preciseTime(at) : elapsed(Math.max(0, Math.round(line.at - since)), 1)}
      </time>
      <abbr title={line.level}>{line.level.charAt(0)}</abbr>
      {showTask && line.taskId !== null && (
        <button type="button" className="log-task clip" tabIndex={-1} onClick={() => onTask(line)}>
          {line.taskId}
          {line.attempt !== null && line.attempt > 1 && ` ·${line.attempt}`}
        </button>
      )}
      <span className="log-message">
        {spans(line.message).map(({ text, hue, background, bold, dim, italic, underline }, at) => (
          <span
            // biome-ignore lint/suspicious/noArrayIndexKey: the spans of one text have no other identity
            key={at}
            data-hue={hue ?? undefined}
            data-background={background ?? undefined}
            className={
              [bold && 'bold', dim && 'dim', italic && 'italic', underline && 'underline']
                .filter(Boolean)
                .join(' ') || undefined
            }
          >
            <Sought text={text} sought={sought} />
          </span>
        ))}
      </span>
    </div>
  );
});

/** The text with what was searched for marked. */
function Sought({ text, sought }: { text: string; sought: string }) {
  if (sought === '') return text;
  const lower = text.toLowerCase();
  const parts: (string | { readonly mark: string; readonly at: number })[] = [];
  let from = 0;
  for (let at = lower.indexOf(sought); at >= 0; at = lower.indexOf(sought, from)) {
    parts.push(text.slice(from, at), { mark: text.slice(at, at + sought.length), at });
    from = at + sought.length;
  }
  parts.push(text.slice(from));
  return parts.map((part) =>
    typeof part === 'string' ? part : <mark key={part.at}>{part.mark}</mark>,
  );
}

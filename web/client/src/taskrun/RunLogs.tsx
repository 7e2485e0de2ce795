import './taskrun.css';
import { Link } from 'wouter';
import { executionHref } from '../app/places';
import { spans } from '../logs/ansi';
import { useLogs } from '../logs/useLogs';
import { preciseTime } from '../ui/time';

const SHOWN = 100;

/** The last lines of one task run, live. */
export function RunLogs({
  executionId,
  runId,
  taskId,
}: {
  executionId: string;
  runId: string;
  taskId: string;
}) {
  const { state } = useLogs({ executionId, taskRunId: runId });
  const last = state.lines.slice(-SHOWN);
  if (last.length === 0 && state.phase.name !== 'loading')
    return <p className="faint">No lines.</p>;
  return (
    <>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard */}
      <section className="run-logs" aria-label="Last lines" tabIndex={0}>
        <div>
          {last.map((line) => (
            <p key={line.id} data-level={line.level}>
              <time>{preciseTime(new Date(line.at))}</time>
              <abbr title={line.level}>{line.level.charAt(0)}</abbr>
              <span>
                {spans(line.message)
                  .map(({ text }) => text)
                  .join('')}
              </span>
            </p>
          ))}
        </div>
      </section>
      <Link
        className="run-more"
        href={`${executionHref(executionId, 'logs')}?logTask=${encodeURIComponent(taskId)}`}
      >
        All lines of {taskId}
      </Link>
    </>
  );
}

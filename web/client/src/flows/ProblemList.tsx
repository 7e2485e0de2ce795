import { Icon } from '../ui/Icon';
import type { Problem } from './editor/diagnostics';

/** Every problem of the YAML in a few lines under it; the same are marked where they are. */
export function ProblemList({
  problems,
  checked,
}: {
  problems: readonly Problem[];
  checked: boolean;
}) {
  return (
    <ul className="problems" aria-label="Problems" aria-live="polite">
      {problems.map(({ message, hint, line, column, severity }) => (
        <li
          key={`${line}:${column}:${message}`}
          className={severity === 'ERROR' ? 'problem error' : 'problem'}
        >
          <Icon name="warning" size={13} />
          <span className="faint mono">
            {line}:{column}
          </span>
          <span>
            {message} <span className="muted">{hint}</span>
          </span>
        </li>
      ))}
      {problems.length === 0 && (
        <li className="problem faint">
          <Icon name="done" size={13} />
          {checked ? 'No problems' : 'Checking'}
        </li>
      )}
    </ul>
  );
}

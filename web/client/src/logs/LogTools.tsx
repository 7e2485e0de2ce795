import { type RefObject, useEffect, useState } from 'react';
import type { LogLevel } from '../live/logs';
import { Button } from '../ui/Button';
import { Chip } from '../ui/Chip';
import { LEVELS } from './marks';

interface Props {
  search: RefObject<HTMLInputElement | null>;
  level: LogLevel;
  onLevel: (level: LogLevel) => void;
  text: string;
  onText: (text: string) => void;
  task: string | null;
  onTask: (task: string | null) => void;
  errors: number;
  /** Which of the errors is the current one, from 1; 0 for none. */
  place: number;
  onStep: (forward: boolean) => void;
  wrap: boolean;
  onWrap: () => void;
  relative: boolean;
  onRelative: () => void;
  url: string | null;
}

const TYPING_MS = 220;

/** What is shown of the log, and how. */
export function LogTools(props: Props) {
  const {
    level,
    onLevel,
    task,
    onTask,
    errors,
    place,
    onStep,
    wrap,
    onWrap,
    relative,
    onRelative,
    url,
  } = props;
  return (
    <div className="log-tools" role="toolbar" aria-label="Log">
      <Search {...props} />
      <select
        className="input log-level"
        aria-label="Least level"
        value={level}
        onChange={(event) => onLevel(event.target.value as LogLevel)}
      >
        {LEVELS.map((each) => (
          <option key={each} value={each}>
            {each === 'TRACE' ? 'All levels' : `${each} and above`}
          </option>
        ))}
      </select>
      {task !== null && (
        <Chip onRemove={() => onTask(null)} removeLabel={`Show all tasks, not only ${task}`}>
          {task}
        </Chip>
      )}
      <span className="log-space" />
      {errors > 0 && (
        <span className="log-errors number">
          <Button
            look="quiet"
            icon="up"
            aria-label="Previous error"
            onClick={() => onStep(false)}
          />
          <span>
            {place}/{errors} {errors === 1 ? 'error' : 'errors'}
          </span>
          <Button look="quiet" icon="down" aria-label="Next error" onClick={() => onStep(true)} />
        </span>
      )}
      <Button
        look="quiet"
        aria-pressed={relative}
        onClick={onRelative}
        title="Count time from the start"
      >
        From start
      </Button>
      <Button look="quiet" aria-pressed={wrap} onClick={onWrap} keys="w">
        Wrap
      </Button>
      {url !== null && (
        <a className="button quiet" href={url} download>
          Download
        </a>
      )}
    </div>
  );
}

/** Typing is answered after a pause, so that each letter is not a question to the server. */
function Search({ search, text, onText }: Pick<Props, 'search' | 'text' | 'onText'>) {
  const [typed, setTyped] = useState(text);
  useEffect(() => setTyped(text), [text]);
  useEffect(() => {
    if (typed === text) return;
    const timer = setTimeout(() => onText(typed), TYPING_MS);
    return () => clearTimeout(timer);
  }, [typed, text, onText]);
  return (
    <input
      ref={search}
      type="search"
      className="input log-search"
      placeholder="Search the log ( / )"
      aria-label="Search the log"
      value={typed}
      onChange={(event) => setTyped(event.target.value)}
    />
  );
}

import type { BulkAction, ExecutionState } from '../gql/graphql';
import { StateShape } from '../states/StateShape';
import { STATES } from '../states/states';
import type { Options } from './start';

interface Props {
  action: BulkAction;
  options: Options;
  /** What is wrong with what was typed. */
  problem: string | null;
  onChange: (change: Partial<Options>) => void;
}

const ENDS: readonly ExecutionState[] = ['SUCCESS', 'WARNING', 'FAILED', 'CANCELLED'];

/** What an action can be told besides the executions. */
export function BulkOptions({ action, options, problem, onChange }: Props) {
  switch (action) {
    case 'KILL':
      return (
        <Check
          on={options.includeChildren}
          onChange={(includeChildren) => onChange({ includeChildren })}
        >
          The executions they started, too
        </Check>
      );
    case 'RESTART':
    case 'REPLAY':
      return (
        <Check
          on={options.latestRevision}
          onChange={(latestRevision) => onChange({ latestRevision })}
        >
          With the newest revision of each flow
        </Check>
      );
    case 'CHANGE_STATE':
      return <Ends state={options.state} onChange={(state) => onChange({ state })} />;
    case 'SET_LABELS':
      return (
        <Labels
          text={options.labels}
          problem={problem}
          onChange={(labels) => onChange({ labels })}
        />
      );
    case 'DELETE':
      return <Deletion options={options} onChange={onChange} />;
    default:
      return null;
  }
}

interface CheckProps {
  on: boolean;
  onChange: (on: boolean) => void;
  children: string;
}

function Check({ on, onChange, children }: CheckProps) {
  return (
    <label className="check">
      <input
        type="checkbox"
        checked={on}
        onChange={(event) => onChange(event.currentTarget.checked)}
      />
      {children}
    </label>
  );
}

function Ends({
  state,
  onChange,
}: {
  state: ExecutionState | null;
  onChange: (state: ExecutionState) => void;
}) {
  return (
    <div className="bulk-ends" role="radiogroup" aria-label="New state">
      {ENDS.map((each) => (
        <label key={each} className="check">
          <input
            type="radio"
            name="state"
            checked={state === each}
            onChange={() => onChange(each)}
          />
          <StateShape state={each} />
          {STATES[each].word}
        </label>
      ))}
    </div>
  );
}

interface LabelsProps {
  text: string;
  problem: string | null;
  onChange: (text: string) => void;
}

function Labels({ text, problem, onChange }: LabelsProps) {
  return (
    <div className="field">
      <label htmlFor="bulk-labels">Labels, as key:value</label>
      <input
        id="bulk-labels"
        className="input"
        autoComplete="off"
        spellCheck={false}
        placeholder="team:data stage:test"
        value={text}
        aria-invalid={Boolean(problem)}
        onChange={(event) => onChange(event.target.value)}
      />
      {problem ? (
        <span className="wrong">{problem}</span>
      ) : (
        <span className="hint">Other labels stay; a key that is there gets the new value.</span>
      )}
    </div>
  );
}

function Deletion({ options, onChange }: Pick<Props, 'options' | 'onChange'>) {
  return (
    <>
      <fieldset className="bulk-deletion">
        <legend>With them go</legend>
        <Check on={options.deleteLogs} onChange={(deleteLogs) => onChange({ deleteLogs })}>
          Logs
        </Check>
        <Check on={options.deleteMetrics} onChange={(deleteMetrics) => onChange({ deleteMetrics })}>
          Metrics
        </Check>
        <Check on={options.deleteFiles} onChange={(deleteFiles) => onChange({ deleteFiles })}>
          Files
        </Check>
      </fieldset>
      <Check on={options.force} onChange={(force) => onChange({ force })}>
        Those that have not ended, too; they are killed
      </Check>
    </>
  );
}

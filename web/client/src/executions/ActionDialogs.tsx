import { type ReactNode, useState } from 'react';
import { navigate } from 'wouter/use-browser-location';
import { isOwnLabel } from '../app/places';
import {
  ChangeExecutionStateDocument,
  DeleteExecutionDocument,
  type ExecutionHeadFragment,
  type ExecutionState,
  KillExecutionDocument,
  SetExecutionLabelsDocument,
} from '../gql/graphql';
import { client } from '../graphql/client';
import { StateShape } from '../states/StateShape';
import { STATES } from '../states/states';
import { Button } from '../ui/Button';
import { Dialog } from '../ui/Dialog';
import { readLabels } from '../ui/labels';
import { Notice } from '../ui/Notice';
import { problemOf } from '../ui/problem';
import { say } from '../ui/toasts';
import { ACTIONS, outcomeOf } from './actions';

interface Props {
  execution: ExecutionHeadFragment;
  onDone: () => void;
  onClose: () => void;
}

interface AskProps extends Pick<Props, 'onClose'> {
  title: string;
  button: string;
  danger?: boolean;
  ready?: boolean;
  /** Null when it went well, else what stopped it. */
  onSubmit: () => Promise<string | null>;
  children: ReactNode;
}

function Ask({
  title,
  button,
  danger = false,
  ready = true,
  onSubmit,
  onClose,
  children,
}: AskProps) {
  const [problem, setProblem] = useState<string | null>(null);
  const [busy, setBusy] = useState(false);
  const submit = async () => {
    if (!ready || busy) return;
    setBusy(true);
    const wrong = await onSubmit();
    setBusy(false);
    setProblem(wrong);
    if (wrong === null) onClose();
  };
  return (
    <Dialog
      title={title}
      onClose={onClose}
      onSubmit={submit}
      actions={
        <>
          <Button onClick={onClose}>Leave it</Button>
          <Button type="submit" look={danger ? 'danger' : 'primary'} disabled={busy || !ready}>
            {button}
          </Button>
        </>
      }
    >
      {children}
      {problem && <Notice title={problem} />}
    </Dialog>
  );
}

const problemIn = (outcome: ReturnType<typeof outcomeOf>): string | null =>
  'problem' in outcome ? outcome.problem : null;

export function KillDialog({ execution, onDone, onClose }: Props) {
  const [includeChildren, setIncludeChildren] = useState(true);
  const submit = async () => {
    const input = { executionId: execution.id, includeChildren };
    const { data, error } = await client.mutation(KillExecutionDocument, { input }).toPromise();
    const problem = problemIn(outcomeOf(data?.killExecution, error ? problemOf(error) : null));
    if (!problem) say(ACTIONS.KILL.done);
    onDone();
    return problem;
  };
  return (
    <Ask title="Kill this execution?" button="Kill" danger onSubmit={submit} onClose={onClose}>
      <p>Its running tasks are stopped. What they have done stays done.</p>
      <label className="check">
        <input
          type="checkbox"
          checked={includeChildren}
          onChange={(event) => setIncludeChildren(event.target.checked)}
        />
        The executions it started, too
      </label>
    </Ask>
  );
}

const ENDS: readonly ExecutionState[] = ['SUCCESS', 'WARNING', 'FAILED', 'CANCELLED'];

export function ChangeStateDialog({ execution, onDone, onClose }: Props) {
  const [state, setState] = useState<ExecutionState | null>(null);
  const submit = async () => {
    if (!state) return null;
    const input = { executionId: execution.id, state, expectedVersion: execution.version };
    const { data, error } = await client
      .mutation(ChangeExecutionStateDocument, { input })
      .toPromise();
    onDone();
    return problemIn(outcomeOf(data?.changeExecutionState, error ? problemOf(error) : null));
  };
  return (
    <Ask
      title="Change state"
      button="Change"
      ready={state !== null}
      onSubmit={submit}
      onClose={onClose}
    >
      <div className="state-choice" role="radiogroup" aria-label="New state">
        {ENDS.filter((each) => each !== execution.state).map((each) => (
          <label key={each} className="check">
            <input
              type="radio"
              name="state"
              checked={state === each}
              onChange={() => setState(each)}
            />
            <StateShape state={each} />
            {STATES[each].word}
          </label>
        ))}
      </div>
    </Ask>
  );
}

export function LabelsDialog({ execution, onDone, onClose }: Props) {
  const own = execution.labels.filter(isOwnLabel);
  const [text, setText] = useState(own.map(({ key, value }) => `${key}:${value}`).join(' '));
  const read = readLabels(text);
  const submit = async () => {
    if ('problem' in read) return read.problem;
    const input = { executionId: execution.id, labels: read.labels };
    const { data, error } = await client
      .mutation(SetExecutionLabelsDocument, { input })
      .toPromise();
    onDone();
    return problemIn(outcomeOf(data?.setExecutionLabels, error ? problemOf(error) : null));
  };
  return (
    <Ask
      title="Set labels"
      button="Set"
      ready={!('problem' in read)}
      onSubmit={submit}
      onClose={onClose}
    >
      <div className="field">
        <label htmlFor="labels">Labels, as key:value</label>
        <input
          id="labels"
          className="input"
          autoComplete="off"
          value={text}
          aria-invalid={'problem' in read}
          onChange={(event) => setText(event.target.value)}
        />
        {'problem' in read && <span className="wrong">{read.problem}</span>}
      </div>
    </Ask>
  );
}

export function DeleteDialog({ execution, onClose }: Props) {
  const submit = async () => {
    const input = { executionId: execution.id };
    const { data, error } = await client.mutation(DeleteExecutionDocument, { input }).toPromise();
    const problem = error
      ? problemOf(error)
      : (data?.deleteExecution.userErrors[0]?.message ?? null);
    if (!problem) navigate('/executions');
    return problem;
  };
  return (
    <Ask title="Delete this execution?" button="Delete" danger onSubmit={submit} onClose={onClose}>
      <p>Its log, metrics and files go with it. This cannot be undone.</p>
    </Ask>
  );
}

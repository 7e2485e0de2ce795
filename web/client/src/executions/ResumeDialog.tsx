import { useState } from 'react';
import { askedFor } from '../flows/condition';
import { InputFields } from '../flows/InputFields';
import { type Parts, readForm, startingValue } from '../flows/inputs';
import { type Refusals, refusals } from '../flows/refusals';
import { ResumeExecutionDocument } from '../gql/graphql';
import { client } from '../graphql/client';
import { Button } from '../ui/Button';
import { Dialog } from '../ui/Dialog';
import { Notice } from '../ui/Notice';
import { problemOf } from '../ui/problem';
import { say } from '../ui/toasts';
import { ACTIONS } from './actions';
import { isApproval, type PausedRun } from './paused';

interface Props {
  run: PausedRun;
  onDone: () => void;
  onClose: () => void;
}

const NOTHING: Refusals = { problems: {}, general: '' };

/** Lets a paused task go on: what it asks for as a form, and the decision when it is an approval. */
export default function ResumeDialog({ run, onDone, onClose }: Props) {
  const { resumeInputs: inputs } = run;
  const [held, setHeld] = useState<Parts>(() =>
    Object.fromEntries(inputs.map((input) => [input.id, startingValue(input, undefined)])),
  );
  const [comment, setComment] = useState('');
  const [wrong, setWrong] = useState(NOTHING);
  const [busy, setBusy] = useState(false);
  const approval = isApproval(run);

  const submit = async (decision: string | null) => {
    const read = readForm(decision === 'deny' ? [] : askedFor(inputs, held), held);
    setWrong({ problems: read.problems, general: '' });
    if (busy || Object.keys(read.problems).length > 0) return;
    setBusy(true);
    const input = {
      executionId: run.executionId,
      taskRunId: run.id,
      inputs: read.inputs,
      decision,
      comment: comment.trim() || null,
    };
    const { data, error } = await client.mutation(ResumeExecutionDocument, { input }).toPromise();
    setBusy(false);
    const errors = error
      ? [{ message: problemOf(error) }]
      : (data?.resumeExecution.userErrors ?? []);
    if (errors.length > 0) return setWrong(refusals(inputs, errors));
    say(ACTIONS.RESUME.done);
    onDone();
    onClose();
  };
  return (
    <Dialog
      wide
      title={approval ? `Decide on ${run.taskId}` : `Resume ${run.taskId}`}
      onClose={onClose}
      onSubmit={() => submit(approval ? 'approve' : null)}
      actions={
        <>
          {approval && (
            <Button look="danger" disabled={busy} onClick={() => submit('deny')}>
              Deny
            </Button>
          )}
          <Button onClick={onClose}>Leave it</Button>
          <Button type="submit" look="primary" icon="play" keys="Ctrl ⏎" disabled={busy}>
            {approval ? 'Approve' : 'Resume'}
          </Button>
        </>
      }
    >
      {wrong.general && <Notice title="It does not go on">{wrong.general}</Notice>}
      <InputFields
        inputs={askedFor(inputs, held)}
        held={held}
        problems={wrong.problems}
        onChange={setHeld}
      />
      {approval && (
        <div className="field">
          <label htmlFor="resume-comment">Comment</label>
          <textarea
            id="resume-comment"
            className="input"
            rows={3}
            value={comment}
            onChange={(event) => setComment(event.target.value)}
          />
        </div>
      )}
    </Dialog>
  );
}

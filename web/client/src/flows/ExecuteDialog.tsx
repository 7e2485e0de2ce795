import { useState } from 'react';
import { useMutation } from 'urql';
import { navigate } from 'wouter/use-browser-location';
import { executionHref } from '../app/places';
import { ExecuteDocument, type FlowForFormFragment } from '../gql/graphql';
import { Button } from '../ui/Button';
import { Dialog } from '../ui/Dialog';
import { readLabels } from '../ui/labels';
import { Notice } from '../ui/Notice';
import { problemOf } from '../ui/problem';
import { askedFor } from './condition';
import { InputFields } from './InputFields';
import { type Parts, readForm, startingValue } from './inputs';
import { refusals } from './refusals';

interface Props {
  flow: FlowForFormFragment;
  onClose: () => void;
}

/** Starts an execution: the flow's inputs as a form, and labels. */
export function ExecuteDialog({ flow, onClose }: Props) {
  const [held, setHeld] = useState<Parts>(() =>
    Object.fromEntries(flow.inputs.map((input) => [input.id, startingValue(input, undefined)])),
  );
  const [labels, setLabels] = useState('');
  const { problems, general, fetching, submit } = useExecute(flow);
  const read = readLabels(labels);
  return (
    <Dialog
      wide
      title={`Execute ${flow.flowId}`}
      onClose={onClose}
      onSubmit={() => 'labels' in read && submit(held, read.labels)}
      actions={
        <>
          <Button onClick={onClose}>Cancel</Button>
          <Button
            type="submit"
            look="primary"
            icon="play"
            keys="Ctrl ⏎"
            disabled={fetching || 'problem' in read}
          >
            Execute
          </Button>
        </>
      }
    >
      {general && <Notice title="It was not started">{general}</Notice>}
      {flow.inputs.length === 0 && <p className="muted">This flow asks for nothing.</p>}
      <InputFields
        inputs={askedFor(flow.inputs, held)}
        held={held}
        problems={problems}
        onChange={setHeld}
      />
      <div className="field">
        <label htmlFor="execute-labels">Labels</label>
        <input
          id="execute-labels"
          className="input"
          placeholder="team:data stage:test"
          autoComplete="off"
          value={labels}
          aria-invalid={'problem' in read}
          onChange={(event) => setLabels(event.target.value)}
        />
        {'problem' in read && <span className="wrong">{read.problem}</span>}
      </div>
    </Dialog>
  );
}

function useExecute(flow: FlowForFormFragment) {
  const [{ fetching }, run] = useMutation(ExecuteDocument);
  const [problems, setProblems] = useState<Readonly<Record<string, string>>>({});
  const [general, setGeneral] = useState('');
  const submit = async (held: Parts, labels: { key: string; value: string }[]) => {
    const { inputs, files, problems: wrong } = readForm(askedFor(flow.inputs, held), held);
    setProblems(wrong);
    setGeneral('');
    if (Object.keys(wrong).length > 0) return;
    const { data, error } = await run({
      input: {
        namespace: flow.namespace,
        flowId: flow.flowId,
        inputs,
        labels,
        files: files.length > 0 ? [...files] : undefined,
      },
    });
    const { execution, userErrors = [] } = data?.createExecution ?? {};
    if (execution && userErrors.length === 0) return navigate(executionHref(execution.id));
    const refused = refusals(flow.inputs, userErrors);
    setProblems(refused.problems);
    setGeneral(error ? problemOf(error) : refused.general);
  };
  return { problems, general, fetching, submit };
}

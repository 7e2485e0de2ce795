import { lazy, Suspense, useEffect, useState } from 'react';
import { useMutation } from 'urql';
import { useKeys } from '../app/keys';
import { FlowSchemaDocument, SaveFlowDocument } from '../gql/graphql';
import { client } from '../graphql/client';
import { Button } from '../ui/Button';
import { Notice } from '../ui/Notice';
import { problemOf } from '../ui/problem';
import { say } from '../ui/toasts';
import CodeEditor from './editor/CodeEditor';
import type { Schema } from './editor/schema';
import { ProblemList } from './ProblemList';
import { useFlowCheck } from './useFlowCheck';

const FlowTopology = lazy(() => import('./FlowTopology'));

interface Saved {
  readonly namespace: string;
  readonly flowId: string;
}

interface Props {
  /** Revision 0 is a flow that was never saved. */
  flow: { readonly source: string; readonly revision: number };
  onSaved: (flow: Saved) => void;
  onExecute?: () => void;
}

/** The YAML on the left, what it means on the right. */
export default function FlowEditor({ flow, onSaved, onExecute }: Props) {
  const [source, setSource] = useState(flow.source);
  const { check, graph } = useFlowCheck(source);
  const { save, saving, problem } = useSave(source, onSaved);
  const changed = source !== flow.source || flow.revision === 0;
  useLeaving(source !== flow.source);
  useKeys({
    'Ctrl+S': () => void save(),
    'Ctrl+Enter': onExecute && (async () => (!changed || (await save())) && onExecute()),
  });
  const errors = check?.problems.filter(({ severity }) => severity === 'ERROR') ?? [];
  return (
    <div className="flow-editor">
      <section className="flow-source" aria-label="YAML">
        <div className="flow-bar">
          <span className="faint">{status(flow.revision, changed)}</span>
          <Button
            look={changed ? 'primary' : 'plain'}
            icon="save"
            keys="Ctrl S"
            disabled={!changed || saving || errors.length > 0}
            onClick={() => void save()}
          >
            Save
          </Button>
        </div>
        {problem && (
          <div className="bar-notice">
            <Notice title="The flow was not saved">{problem}</Notice>
          </div>
        )}
        <CodeEditor
          text={flow.source}
          onChange={setSource}
          problems={check?.problems}
          schema={flowSchema}
          label="The flow's YAML"
        />
        <ProblemList problems={check?.problems ?? []} checked={check !== null} />
      </section>
      <section className="flow-graph" aria-label="Topology">
        <Suspense>{graph && <FlowTopology graph={graph} stale={errors.length > 0} />}</Suspense>
      </section>
    </div>
  );
}

/** Asked once; the cache answers after that. */
async function flowSchema(): Promise<Schema | null> {
  const { data } = await client.query(FlowSchemaDocument, {}).toPromise();
  return (data?.flowJsonSchema ?? null) as Schema | null;
}

function status(revision: number, changed: boolean): string {
  if (revision === 0) return 'Not saved yet';
  return changed ? `Changed since revision ${revision}` : `Revision ${revision}`;
}

function useSave(source: string, onSaved: (flow: Saved) => void) {
  const [{ fetching }, run] = useMutation(SaveFlowDocument);
  const [problem, setProblem] = useState<string | null>(null);
  const save = async (): Promise<boolean> => {
    const { data, error } = await run({ input: { source } });
    const answer = data?.saveFlow;
    const wrong = error
      ? problemOf(error)
      : answer?.userErrors.map(({ message }) => message).join(' ');
    setProblem(wrong || null);
    if (wrong || !answer?.flow) return false;
    say(
      answer.revisionCreated ? `Saved as revision ${answer.flow.revision}` : 'Nothing has changed',
    );
    onSaved(answer.flow);
    return true;
  };
  return { save, saving: fetching, problem };
}

/** Asks before a page with unsaved changes is closed. */
function useLeaving(unsaved: boolean): void {
  useEffect(() => {
    if (!unsaved) return;
    const ask = (event: BeforeUnloadEvent) => event.preventDefault();
    addEventListener('beforeunload', ask);
    return () => removeEventListener('beforeunload', ask);
  }, [unsaved]);
}

import { lazy, Suspense } from 'react';
import { useQuery } from 'urql';
import { useUrlState } from '../app/urlState';
import { FlowRevisionDocument, FlowRevisionsDocument } from '../gql/graphql';
import { Notice } from '../ui/Notice';
import { problemOf } from '../ui/problem';
import { Timestamp } from '../ui/Timestamp';

const CodeEditor = lazy(() => import('./editor/CodeEditor'));

/** Every saved state of a flow, to be read. */
export function Revisions({ namespace, flowId }: { namespace: string; flowId: string }) {
  const [chosen, setChosen] = useUrlState('revision');
  const [{ data, error }] = useQuery({
    query: FlowRevisionsDocument,
    variables: { namespace, flowId },
    requestPolicy: 'cache-and-network',
  });
  const revisions = data?.flow?.revisions.nodes ?? [];
  const revision = Number(chosen ?? revisions[0]?.revision ?? 0);
  if (error) {
    return (
      <div className="page-problem">
        <Notice title={problemOf(error)} />
      </div>
    );
  }
  return (
    <div className="revisions">
      <ol className="revision-list" aria-label="Revisions">
        {revisions.map(({ id, revision: number, createdAt, createdBy }) => (
          <li key={id}>
            <button
              type="button"
              aria-current={number === revision ? 'true' : undefined}
              onClick={() => setChosen(String(number))}
            >
              <strong className="number">{number}</strong>
              <span className="muted">
                <Timestamp at={createdAt} />
              </span>
              <span className="faint">{createdBy}</span>
            </button>
          </li>
        ))}
      </ol>
      {revision > 0 && <Source namespace={namespace} flowId={flowId} revision={revision} />}
    </div>
  );
}

function Source({
  namespace,
  flowId,
  revision,
}: {
  namespace: string;
  flowId: string;
  revision: number;
}) {
  const [{ data }] = useQuery({
    query: FlowRevisionDocument,
    variables: { namespace, flowId, revision },
  });
  const source = data?.flow?.revision === revision ? data.flow.source : null;
  return (
    <section className="revision-source" aria-label={`Revision ${revision}`}>
      <Suspense>
        {source !== null && (
          <CodeEditor key={revision} text={source} readOnly label={`Revision ${revision}`} />
        )}
      </Suspense>
    </section>
  );
}

/** What a paused execution wants to know from who lets it go on. */
import { PausedRunsDocument, type PausedRunsQuery } from '../gql/graphql';
import { client } from '../graphql/client';

export type PausedRun = NonNullable<PausedRunsQuery['execution']>['taskRuns']['nodes'][number];

const FRESH = { requestPolicy: 'network-only' } as const;

export const isApproval = ({ taskType }: PausedRun): boolean => taskType.endsWith('.Approval');

const asks = (run: PausedRun): boolean => run.resumeInputs.length > 0 || isApproval(run);

/** The task run that a resume means (the first one that is paused, unless it is named), when it asks for something; null when it just goes on. */
export async function asking(executionId: string, taskRunId?: string): Promise<PausedRun | null> {
  const { data } = await client.query(PausedRunsDocument, { id: executionId }, FRESH).toPromise();
  const runs = data?.execution?.taskRuns.nodes ?? [];
  const run = taskRunId === undefined ? runs[0] : runs.find(({ id }) => id === taskRunId);
  return run && asks(run) ? run : null;
}

/** What a paused execution wants to know from who lets it go on. */
import { PausedRunByIdDocument, type PausedRunFragment, PausedRunsDocument } from '../gql/graphql';
import { client } from '../graphql/client';

export type PausedRun = PausedRunFragment;

const FRESH = { requestPolicy: 'network-only' } as const;

export const isApproval = ({ taskType }: PausedRun): boolean => taskType.endsWith('.Approval');

const asks = (run: PausedRun): boolean => run.resumeInputs.length > 0 || isApproval(run);

/** The task run that a resume of the execution means, when it asks for something; null when it just goes on. */
export async function askingIn(executionId: string): Promise<PausedRun | null> {
  const { data } = await client.query(PausedRunsDocument, { id: executionId }, FRESH).toPromise();
  const run = data?.execution?.taskRuns.nodes[0];
  return run && asks(run) ? run : null;
}

/** The same for one task run. */
export async function askingOf(taskRunId: string): Promise<PausedRun | null> {
  const { data } = await client.query(PausedRunByIdDocument, { id: taskRunId }, FRESH).toPromise();
  const run = data?.node?.__typename === 'TaskRun' ? data.node : null;
  return run && asks(run) ? run : null;
}

/** What a paused execution wants to know from who lets it go on. */
import {
  FirstPausedRunDocument,
  PausedRunDocument,
  type PausedRunPartsFragment,
} from '../gql/graphql';
import { client } from '../graphql/client';

export type PausedRun = PausedRunPartsFragment;

const FRESH = { requestPolicy: 'network-only' } as const;

export const isApproval = ({ taskType }: PausedRun): boolean => taskType.endsWith('.Approval');

const asks = (run: PausedRun): boolean => run.resumeInputs.length > 0 || isApproval(run);

/** The task run that a resume means (the first one that is paused, unless it is named), when it asks for something; null when it just goes on. */
export async function asking(executionId: string, taskRunId?: string): Promise<PausedRun | null> {
  const run = await (taskRunId === undefined ? first(executionId) : named(taskRunId));
  return run && asks(run) ? run : null;
}

async function first(id: string): Promise<PausedRun | null> {
  const { data } = await client.query(FirstPausedRunDocument, { id }, FRESH).toPromise();
  return data?.execution?.taskRuns.nodes[0] ?? null;
}

async function named(id: string): Promise<PausedRun | null> {
  const { data } = await client.query(PausedRunDocument, { id }, FRESH).toPromise();
  return data?.node && 'resumeInputs' in data.node ? data.node : null;
}

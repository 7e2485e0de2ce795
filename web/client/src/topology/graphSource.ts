import { ExecutionTopologyDocument } from '../gql/graphql';
import { ask } from '../live/request';
import { NotFound } from '../live/stream';
import type { Graph } from './graph';
import { graphOf } from './graphOf';

/** The graph of an execution's flow, in the revision that it runs. */
export async function graphOfExecution(id: string): Promise<Graph> {
  const { execution } = await ask(ExecutionTopologyDocument, { id });
  if (!execution) throw new NotFound(`There is no execution ${id}.`);
  return graphOf(execution.topology);
}

/** Beginning an action on many executions, with its options. */
import type { TypedDocumentNode } from '@graphql-typed-document-node/core';
import {
  type BulkAction,
  BulkChangeStateDocument,
  BulkDeleteDocument,
  BulkForceRunDocument,
  BulkKillDocument,
  type BulkKillMutation,
  BulkPauseDocument,
  BulkReplayDocument,
  BulkRestartDocument,
  BulkResumeDocument,
  BulkSetLabelsDocument,
  BulkUnqueueDocument,
  type ExecutionState,
} from '../gql/graphql';
import { client } from '../graphql/client';
import { readLabels } from '../ui/labels';
import { problemOf } from '../ui/problem';
import type { Operation } from './operations';

export interface Options {
  readonly includeChildren: boolean;
  readonly latestRevision: boolean;
  readonly state: ExecutionState | null;
  /** As typed: `team:data stage:test`. */
  readonly labels: string;
  readonly deleteLogs: boolean;
  readonly deleteMetrics: boolean;
  readonly deleteFiles: boolean;
  /** Deletes those that have not ended, too. */
  readonly force: boolean;
}

export const FIRST_OPTIONS: Options = {
  includeChildren: true,
  latestRevision: false,
  state: null,
  labels: '',
  deleteLogs: true,
  deleteMetrics: true,
  deleteFiles: true,
  force: false,
};

interface Way {
  readonly document: unknown;
  /** What its input has besides the selection. */
  readonly input?: (options: Options) => Record<string, unknown>;
}

const revision = ({ latestRevision }: Options) => ({
  revision: latestRevision ? 'LATEST' : 'SAME',
});

const WAYS: Record<BulkAction, Way> = {
  RESTART: { document: BulkRestartDocument, input: revision },
  REPLAY: { document: BulkReplayDocument, input: revision },
  PAUSE: { document: BulkPauseDocument },
  RESUME: { document: BulkResumeDocument },
  KILL: {
    document: BulkKillDocument,
    input: ({ includeChildren }) => ({ includeChildren }),
  },
  FORCE_RUN: { document: BulkForceRunDocument },
  UNQUEUE: { document: BulkUnqueueDocument },
  CHANGE_STATE: { document: BulkChangeStateDocument, input: ({ state }) => ({ state }) },
  SET_LABELS: {
    document: BulkSetLabelsDocument,
    input: ({ labels }) => {
      const read = readLabels(labels);
      return { labels: 'problem' in read ? [] : read.labels };
    },
  },
  DELETE: {
    document: BulkDeleteDocument,
    input: ({ deleteLogs, deleteMetrics, deleteFiles, force }) => ({
      deleteLogs,
      deleteMetrics,
      deleteFiles,
      force,
    }),
  },
};

/** What is missing before it can begin; null when nothing is. Empty text: it is plain to see. */
export function missing(action: BulkAction, options: Options): string | null {
  if (action === 'CHANGE_STATE') return options.state === null ? '' : null;
  if (action !== 'SET_LABELS') return null;
  const read = readLabels(options.labels);
  if ('problem' in read) return read.problem;
  return read.labels.length === 0 ? '' : null;
}

export type Begun = { readonly operation: Operation } | { readonly problem: string };

/** Begins it for what a preview has shown. The token is its key, so that no press counts twice. */
export async function begin(action: BulkAction, token: string, options: Options): Promise<Begun> {
  const { document, input } = WAYS[action];
  const selector = { selectionToken: token };
  const whole = { selector, idempotencyKey: `${action}:${token}`, ...input?.(options) };
  const { data, error } = await client
    // Every document of the table answers in the same shape; only their inputs differ.
    .mutation(document as TypedDocumentNode<BulkKillMutation>, { input: whole })
    .toPromise();
  if (error) return { problem: problemOf(error) };
  const operation = data?.started.bulkOperation;
  if (operation) return { operation };
  const said = data?.started.userErrors.map(({ message }) => message).join(' ');
  return { problem: said || 'The server did not begin it.' };
}

/** The graph of an execution's relatives, drawn anew whenever one of them changes. */
import { useEffect, useState } from 'react';
import {
  DependencyChangesDocument,
  type DependencyChangesSubscription,
  ExecutionDependenciesDocument,
} from '../gql/graphql';
import { ask, follow } from '../live/request';
import { NotFound, ResumingStream } from '../live/stream';
import { DEPTH, type Parts } from './dependencyGraph';

/** Changes that come close together are drawn once. */
const SETTLE_MS = 200;

interface Item {
  readonly cursor: string;
  readonly kind: 'change' | 'beat' | 'reset';
}

export function useRelated(id: string): { parts: Parts | null; problem: string | null } {
  const [parts, setParts] = useState<Parts | null>(null);
  const [problem, setProblem] = useState<string | null>(null);
  useEffect(() => {
    let wanted = true;
    let timer: ReturnType<typeof setTimeout> | null = null;
    let changed = false;
    const read = async () => {
      changed = false;
      const { execution } = await ask(ExecutionDependenciesDocument, { id, depth: DEPTH });
      if (!execution) throw new NotFound('There is no such execution.');
      if (wanted) setParts(execution.dependencies);
      return execution.dependencies.streamCursor;
    };
    /** One question at a time, so that an older answer never comes after a newer one. */
    const soon = () => {
      timer = setTimeout(async () => {
        await read().catch(() => stream.restart());
        timer = null;
        if (changed && wanted) soon();
      }, SETTLE_MS);
    };
    const stream = new ResumingStream<Item>({
      open: (place, sink) => follow(DependencyChangesDocument, place, itemOf, sink),
      variables: { id, depth: DEPTH },
      snapshot: read,
      isReset: ({ kind }) => kind === 'reset',
      receive: ({ kind }) => {
        if (kind !== 'change') return;
        changed = true;
        if (timer === null) soon();
      },
      phaseChanged: (phase) => setProblem('problem' in phase ? phase.problem : null),
    });
    stream.start();
    return () => {
      wanted = false;
      if (timer !== null) clearTimeout(timer);
      stream.stop();
    };
  }, [id]);
  return { parts, problem };
}

function itemOf({ dependencies: item }: DependencyChangesSubscription): Item | null {
  switch (item.__typename) {
    case 'ExecutionChanged':
    case 'ExecutionRemoved':
      return { cursor: item.cursor, kind: 'change' };
    case 'StreamHeartbeat':
      return { cursor: item.cursor, kind: 'beat' };
    case 'StreamReset':
      return { cursor: item.cursor, kind: 'reset' };
    default:
      return null;
  }
}

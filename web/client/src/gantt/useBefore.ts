import { useEffect, useState } from 'react';
import { ExecutionBeforeDocument } from '../gql/graphql';
import { executionSource } from '../live/executionSource';
import { ask } from '../live/request';
import { type Before, placesOf } from './before';

/** Null while nobody asks or it is on its way; `none` when this is the flow's first execution. */
export type Compared = Before | 'none' | null;

/** The flow's execution before this one, while `wanted`. */
export function useBefore(executionId: string, wanted: boolean): Compared {
  const [found, setFound] = useState<Compared>(null);
  useEffect(() => {
    let current = true;
    setFound(null);
    if (wanted)
      load(executionId).then(
        (before) => current && setFound(before),
        () => current && setFound('none'),
      );
    return () => {
      current = false;
    };
  }, [executionId, wanted]);
  return found;
}

async function load(executionId: string): Promise<Compared> {
  const { execution } = await ask(ExecutionBeforeDocument, { id: executionId });
  const id = execution?.previous?.id;
  if (id === undefined) return 'none';
  const { runs, execution: head } = await executionSource.snapshot(id);
  const byId = new Map(runs.map((run) => [run.id, run]));
  return { id, places: placesOf(runs, byId, head.createdAt) };
}

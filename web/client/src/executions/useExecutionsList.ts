import { useEffect, useState, useSyncExternalStore } from 'react';
import { type ListState, LiveList } from '../live/list';
import { type ListRequest, listSource, type PageFacts, type Row } from './listSource';
import { takesNewcomers } from './view';

/** One page of executions, live. */
export class ExecutionsList {
  readonly live: LiveList<Row>;
  /** Null until the page has come. */
  facts: PageFacts | null = null;
  readonly takesNewcomers: boolean;

  constructor(request: ListRequest) {
    this.takesNewcomers = takesNewcomers(request.view);
    this.live = new LiveList(
      listSource(request, (facts) => {
        this.facts = facts;
      }),
      { most: request.view.size },
    );
    this.live.hold(!this.takesNewcomers);
    this.live.start();
  }
}

const NOTHING: ListState = { ids: [], arrived: 0, phase: { name: 'loading' } };
const never = () => () => undefined;
const nothing = () => NOTHING;

/** The list the request asks for. Until it has come the one before stays on screen, so that nothing jumps. */
export function useExecutionsList(request: ListRequest): {
  list: ExecutionsList | null;
  state: ListState;
  /** What is on screen answers an earlier request. */
  stale: boolean;
} {
  const key = JSON.stringify(request);
  const [wanted, setWanted] = useState<ExecutionsList | null>(null);
  const [shown, setShown] = useState<ExecutionsList | null>(null);
  useEffect(() => {
    const list = new ExecutionsList(JSON.parse(key) as ListRequest);
    setWanted(list);
    return () => list.live.stop();
  }, [key]);
  const next = useSyncExternalStore(wanted?.live.subscribe ?? never, wanted?.live.read ?? nothing);
  const loading = next.phase.name === 'loading';
  useEffect(() => {
    if (wanted && !loading) setShown(wanted);
  }, [wanted, loading]);
  const list = shown ?? wanted;
  const state = useSyncExternalStore(list?.live.subscribe ?? never, list?.live.read ?? nothing);
  return { list, state, stale: shown !== null && shown !== wanted };
}

export function useRow(list: ExecutionsList, id: string): Row | undefined {
  const { entries } = list.live;
  return useSyncExternalStore(
    (tell) => entries.subscribe(id, tell),
    () => entries.get(id),
  );
}

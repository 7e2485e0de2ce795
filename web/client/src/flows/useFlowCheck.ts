import { useEffect, useState } from 'react';
import { FlowCheckDocument, type FlowCheckQuery } from '../gql/graphql';
import { ask } from '../live/request';

export type FlowCheck = FlowCheckQuery['validateFlow'];

const QUIET_MS = 250;

/** What the server finds in the YAML a moment after the last key; `graph` is that of the last text that had one. */
export function useFlowCheck(source: string): {
  check: FlowCheck | null;
  graph: FlowCheck['topology'];
} {
  const [check, setCheck] = useState<FlowCheck | null>(null);
  const [graph, setGraph] = useState<FlowCheck['topology']>(null);
  useEffect(() => {
    let current = true;
    const timer = setTimeout(async () => {
      const found = await ask(FlowCheckDocument, { source }).catch(() => null);
      if (!current || !found) return;
      setCheck(found.validateFlow);
      if (found.validateFlow.topology) setGraph(found.validateFlow.topology);
    }, QUIET_MS);
    return () => {
      current = false;
      clearTimeout(timer);
    };
  }, [source]);
  return { check, graph };
}

import { useEffect, useState } from 'react';
import { useMutation, useQuery } from 'urql';
import {
  BackfillTriggerDocument,
  type BackfillTriggerInput,
  FlowTriggersDocument,
  SetTriggerDisabledDocument,
  type TriggerFactsFragment,
} from '../gql/graphql';
import { problemOf } from '../ui/problem';

export type Trigger = TriggerFactsFragment;

export interface Triggers {
  /** Undefined until they have come. */
  readonly triggers: readonly Trigger[] | undefined;
  readonly problem: string | null;
  readonly setDisabled: (trigger: Trigger, disabled: boolean) => Promise<void>;
  /** Null when it went well, else what stopped it. */
  readonly backfill: (
    trigger: Trigger,
    wanted: Omit<BackfillTriggerInput, 'namespace' | 'flowId' | 'triggerId'>,
  ) => Promise<string | null>;
}

const AGAIN_MS = 15_000;
/** While a backfill goes on there is something to see. */
const BUSY_MS = 2_000;

export function useTriggers(namespace: string, flowId: string): Triggers {
  const [{ data, error }, again] = useQuery({
    query: FlowTriggersDocument,
    variables: { namespace, flowId },
    requestPolicy: 'cache-and-network',
  });
  const [, switchIt] = useMutation(SetTriggerDisabledDocument);
  const [, backfillIt] = useMutation(BackfillTriggerDocument);
  const [problem, setProblem] = useState<string | null>(null);
  const triggers = data?.triggers.nodes;
  const busy = triggers?.some(({ backfill }) => backfill && !backfill.paused) ?? false;
  useEffect(() => {
    const timer = setInterval(
      () => again({ requestPolicy: 'network-only' }),
      busy ? BUSY_MS : AGAIN_MS,
    );
    return () => clearInterval(timer);
  }, [again, busy]);
  return {
    triggers,
    problem: problem ?? (error && !data ? problemOf(error) : null),
    setDisabled: async ({ triggerId }, disabled) => {
      const { data, error } = await switchIt({
        input: { namespace, flowId, triggerId, disabled },
      });
      setProblem(error ? problemOf(error) : said(data?.setTriggerDisabled.userErrors));
      again({ requestPolicy: 'network-only' });
    },
    backfill: async ({ triggerId }, wanted) => {
      const { data, error } = await backfillIt({
        input: { namespace, flowId, triggerId, ...wanted },
      });
      again({ requestPolicy: 'network-only' });
      return error ? problemOf(error) : said(data?.backfillTrigger.userErrors);
    },
  };
}

const said = (errors: readonly { message: string }[] | undefined): string | null =>
  errors?.map(({ message }) => message).join(' ') || null;

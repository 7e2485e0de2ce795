import { useEffect, useRef, useState } from 'react';
import {
  type BulkAction,
  BulkPreviewDocument,
  type BulkPreviewQuery,
  type ExecutionSelector,
} from '../gql/graphql';
import { ask } from '../live/request';
import type { Options } from './start';

export type Preview = BulkPreviewQuery['preview'];

export interface Previewed {
  /** Null until the first has come; an earlier one while the next is on its way. */
  readonly preview: Preview | null;
  readonly problem: string | null;
  readonly loading: boolean;
}

/** What the action would meet. The executions are settled by the first answer; options only change what befalls them. */
export function usePreview(
  action: BulkAction,
  selector: ExecutionSelector,
  { state, force }: Pick<Options, 'state' | 'force'>,
): Previewed {
  const [shown, setShown] = useState<Previewed>({ preview: null, problem: null, loading: true });
  const settled = useRef(selector);
  useEffect(() => {
    let current = true;
    setShown((before) => ({ ...before, loading: true }));
    ask(BulkPreviewDocument, { action, selector: settled.current, state, force }).then(
      ({ preview }) => {
        if (!current) return;
        settled.current = { selectionToken: preview.selectionToken };
        setShown({ preview, problem: null, loading: false });
      },
      (thrown: Error) =>
        current && setShown({ preview: null, problem: thrown.message, loading: false }),
    );
    return () => {
      current = false;
    };
  }, [action, state, force]);
  return shown;
}

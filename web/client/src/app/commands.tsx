import { type ReactNode, useEffect, useState } from 'react';
import { useQuery } from 'urql';
import { navigate } from 'wouter/use-browser-location';
import { PaletteSearchDocument } from '../gql/graphql';
import { StateShape } from '../states/StateShape';
import { Icon } from '../ui/Icon';
import type { IconName } from '../ui/icons';
import { showOverlay } from './overlay';
import { setTheme } from './theme';

export interface Command {
  readonly id: string;
  readonly mark: ReactNode;
  readonly text: string;
  readonly note: string;
  readonly run: () => void;
}

const own = (id: string, icon: IconName, text: string, note: string, run: () => void): Command => ({
  id,
  mark: <Icon name={icon} size={14} />,
  text,
  note,
  run,
});

const OWN: readonly Command[] = [
  own('executions', 'runs', 'Executions', 'page', () => navigate('/executions')),
  own('running', 'runs', 'Running executions', 'page', () => navigate('/executions?state=RUNNING')),
  own('failed', 'runs', 'Failed in the last day', 'page', () =>
    navigate('/executions?state=FAILED&created=1d'),
  ),
  own('flows', 'flows', 'Flows', 'page', () => navigate('/flows')),
  own('new', 'plus', 'New flow', 'page', () => navigate('/flows/new')),
  own('playground', 'playground', 'Playground', 'page', () => location.assign('/graphql')),
  own('graphql', 'playground', 'The GraphQL of this page', 'q', () => showOverlay('graphql')),
  own('keys', 'keyboard', 'Keys', '?', () => showOverlay('keys')),
  own('light', 'sun', 'Light theme', 'theme', () => setTheme('light')),
  own('dark', 'moon', 'Dark theme', 'theme', () => setTheme('dark')),
  own('system', 'screen', 'Theme as the system', 'theme', () => setTheme('system')),
];

function useSettled(text: string): string {
  const [settled, setSettled] = useState(text);
  useEffect(() => {
    const timer = setTimeout(() => setSettled(text), 120);
    return () => clearTimeout(timer);
  }, [text]);
  return settled;
}

/** What the words lead to: the product's own places first, then flows and executions of that name. */
export function useCommands(text: string): readonly Command[] {
  const settled = useSettled(text);
  const [{ data }] = useQuery({
    query: PaletteSearchDocument,
    variables: { text: settled },
    pause: settled === '',
  });
  const low = text.toLowerCase();
  const places = OWN.filter((command) => command.text.toLowerCase().includes(low));
  if (!text || !data) return places;
  const flows = data.flows.nodes.map(({ id, namespace, flowId }) =>
    own(id, 'flows', flowId, namespace, () =>
      navigate(`/flows/${encodeURIComponent(namespace)}/${encodeURIComponent(flowId)}`),
    ),
  );
  const executions = data.executions.nodes.map(({ id, flowId, state }) => ({
    id,
    mark: <StateShape state={state} size={13} />,
    text: id,
    note: flowId,
    run: () => navigate(`/executions/${id}`),
  }));
  return [...places, ...flows, ...executions];
}

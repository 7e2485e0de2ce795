import { lazy, Suspense, useState } from 'react';
import { navigate } from 'wouter/use-browser-location';
import { executionHref } from '../app/places';
import type { ExecutionAction, ExecutionHeadFragment } from '../gql/graphql';
import { Button } from '../ui/Button';
import { Menu, MenuItem } from '../ui/Menu';
import { say } from '../ui/toasts';
import { ChangeStateDialog, DeleteDialog, KillDialog, LabelsDialog } from './ActionDialogs';
import { ACTIONS, act, actionNames } from './actions';
import { asking as askingRun, type PausedRun } from './paused';

const ResumeDialog = lazy(() => import('./ResumeDialog'));

interface Props {
  execution: ExecutionHeadFragment;
  onProblem: (problem: string | null) => void;
  onDone: () => void;
}

const ASKING: readonly ExecutionAction[] = ['KILL', 'CHANGE_STATE', 'SET_LABELS', 'DELETE'];

/** What can be done with this execution now, as the API says. */
export function ActionBar({ execution, onProblem, onDone }: Props) {
  const [asking, setAsking] = useState<ExecutionAction | null>(null);
  const [paused, setPaused] = useState<PausedRun | null>(null);
  const [busy, setBusy] = useState(false);
  const allowed = actionNames.filter((action) => execution.allowedActions.includes(action));
  const front = allowed.filter((action) => ACTIONS[action].front);
  const rest = allowed.filter((action) => !ACTIONS[action].front);

  const run = async (action: ExecutionAction) => {
    if (ASKING.includes(action)) return setAsking(action);
    setBusy(true);
    const asks = action === 'RESUME' ? await askingRun(execution.id) : null;
    if (asks) {
      setBusy(false);
      return setPaused(asks);
    }
    const outcome = await act(action, execution.id);
    setBusy(false);
    onProblem('problem' in outcome ? outcome.problem : null);
    if ('problem' in outcome) return;
    say(ACTIONS[action].done);
    onDone();
    if (outcome.executionId && outcome.executionId !== execution.id)
      navigate(executionHref(outcome.executionId));
  };
  const dialog = { execution, onDone, onClose: () => setAsking(null) };
  return (
    <>
      {front.map((action) => (
        <Button
          key={action}
          look={action === 'KILL' ? 'danger' : 'plain'}
          icon={ACTIONS[action].icon}
          disabled={busy}
          onClick={() => run(action)}
        >
          {ACTIONS[action].text}
        </Button>
      ))}
      <Menu
        look="quiet"
        icon="more"
        align="end"
        aria-label="More with this execution"
        items={() => <Rest actions={rest} execution={execution} onSelect={run} />}
      />
      <Suspense>
        {paused && <ResumeDialog run={paused} onDone={onDone} onClose={() => setPaused(null)} />}
      </Suspense>
      {asking === 'KILL' && <KillDialog {...dialog} />}
      {asking === 'CHANGE_STATE' && <ChangeStateDialog {...dialog} />}
      {asking === 'SET_LABELS' && <LabelsDialog {...dialog} />}
      {asking === 'DELETE' && <DeleteDialog {...dialog} />}
    </>
  );
}

interface RestProps {
  actions: readonly ExecutionAction[];
  execution: ExecutionHeadFragment;
  onSelect: (action: ExecutionAction) => void;
}

function Rest({ actions, execution, onSelect }: RestProps) {
  return (
    <>
      {actions.map((action) => (
        <MenuItem
          key={action}
          icon={ACTIONS[action].icon}
          danger={action === 'DELETE'}
          onSelect={() => onSelect(action)}
        >
          {ACTIONS[action].text}
        </MenuItem>
      ))}
      {actions.length > 0 && <div className="menu-rule" />}
      <MenuItem icon="copy" onSelect={() => void navigator.clipboard.writeText(execution.id)}>
        Copy the id
      </MenuItem>
      <MenuItem icon="external" onSelect={() => location.assign(execution.logUrl)}>
        Download the log
      </MenuItem>
    </>
  );
}

import { useState } from 'react';
import { useMutation } from 'urql';
import { navigate } from 'wouter/use-browser-location';
import { DeleteFlowDocument, SetFlowDisabledDocument } from '../gql/graphql';
import { Button } from '../ui/Button';
import { Dialog } from '../ui/Dialog';
import { Menu, MenuItem } from '../ui/Menu';
import { Notice } from '../ui/Notice';
import { say } from '../ui/toasts';
import type { Flow } from './FlowPage';

/** What is seldom done with a flow. */
export function FlowMenu({ flow, onChange }: { flow: Flow; onChange: () => void }) {
  const { namespace, flowId, disabled } = flow;
  const [, setDisabled] = useMutation(SetFlowDisabledDocument);
  const [deleting, setDeleting] = useState(false);
  const toggle = async () => {
    const { data, error } = await setDisabled({
      input: { namespace, flowId, disabled: !disabled },
    });
    const problem = error?.message ?? data?.setFlowDisabled.userErrors[0]?.message;
    say(problem ?? (disabled ? 'The flow is switched on' : 'The flow is switched off'));
    onChange();
  };
  const download = () => {
    const link = document.createElement('a');
    link.href = URL.createObjectURL(new Blob([flow.source], { type: 'application/yaml' }));
    link.download = `${namespace}.${flowId}.yaml`;
    link.click();
    URL.revokeObjectURL(link.href);
  };
  return (
    <>
      <Menu
        look="quiet"
        icon="more"
        align="end"
        aria-label="More with this flow"
        items={() => (
          <>
            <MenuItem icon={disabled ? 'play' : 'pause'} onSelect={toggle}>
              {disabled ? 'Switch on' : 'Switch off'}
            </MenuItem>
            <MenuItem icon="external" onSelect={download}>
              Download YAML
            </MenuItem>
            <div className="menu-rule" />
            <MenuItem icon="trash" danger onSelect={() => setDeleting(true)}>
              Delete
            </MenuItem>
          </>
        )}
      />
      {deleting && <DeleteDialog flow={flow} onClose={() => setDeleting(false)} />}
    </>
  );
}

function DeleteDialog({ flow, onClose }: { flow: Flow; onClose: () => void }) {
  const { namespace, flowId } = flow;
  const [{ fetching }, remove] = useMutation(DeleteFlowDocument);
  const [problem, setProblem] = useState<string | null>(null);
  const submit = async () => {
    const { data, error } = await remove({ input: { namespace, flowId } });
    const wrong = error?.message ?? data?.deleteFlow.userErrors[0]?.message ?? null;
    setProblem(wrong);
    if (!wrong) navigate('/flows');
  };
  return (
    <Dialog
      title={`Delete ${flowId}?`}
      onClose={onClose}
      onSubmit={submit}
      actions={
        <>
          <Button onClick={onClose}>Keep it</Button>
          <Button type="submit" look="danger" icon="trash" disabled={fetching}>
            Delete
          </Button>
        </>
      }
    >
      <p>The flow and its triggers go. Its executions and revisions can still be read.</p>
      {problem && <Notice title={problem} />}
    </Dialog>
  );
}

import './flows.css';
import { navigate } from 'wouter/use-browser-location';
import { Page } from '../app/Page';
import { flowHref } from '../app/places';
import FlowEditor from './FlowEditor';

const FIRST = `id: hello
namespace: company.team

tasks:
  - id: greet
    type: io.kestra.plugin.core.debug.Return
    format: Hello World!
`;

/** A flow that is not saved yet. */
export default function NewFlowPage() {
  return (
    <Page title="New flow" crumbs={[{ text: 'Flows', href: '/flows' }]}>
      <FlowEditor
        flow={{ source: FIRST, revision: 0 }}
        onSaved={({ namespace, flowId }) =>
          navigate(flowHref(namespace, flowId), { replace: true })
        }
      />
    </Page>
  );
}

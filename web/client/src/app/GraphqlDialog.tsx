import './graphqlDialog.css';
import { parse, print } from 'graphql';
import { useState } from 'react';
import { useLocation } from 'wouter';
import { type Operation, operationsOf } from '../graphql/spoken';
import { Button } from '../ui/Button';
import { Copy } from '../ui/Copy';
import { Dialog } from '../ui/Dialog';
import { Json } from '../ui/Json';

/** What this page asked the API: anybody's program can ask the same. */
export default function GraphqlDialog({ onClose }: { onClose: () => void }) {
  const [path] = useLocation();
  const [operations] = useState(() => operationsOf(path));
  const [chosen, choose] = useState(0);
  const operation = operations[chosen];
  return (
    <Dialog
      wide
      title="The GraphQL of this page"
      onClose={onClose}
      actions={
        <>
          <Button onClick={onClose}>Close</Button>
          {operation && (
            <a className="button primary" href={playgroundHref(operation)}>
              Open in the playground
            </a>
          )}
        </>
      }
    >
      {operations.length === 0 && <p className="muted">This page has asked nothing.</p>}
      <div className="operations" role="tablist" aria-label="Operations">
        {operations.map(({ name }, index) => (
          <button
            key={name}
            type="button"
            role="tab"
            aria-selected={index === chosen}
            onClick={() => choose(index)}
          >
            {name}
          </button>
        ))}
      </div>
      {operation && <Shown operation={operation} />}
    </Dialog>
  );
}

function Shown({ operation }: { operation: Operation }) {
  const text = print(parse(operation.text));
  const { variables } = operation;
  const some = typeof variables === 'object' && variables && Object.keys(variables).length > 0;
  return (
    <>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard */}
      <section className="json operation" aria-label={operation.name} tabIndex={0}>
        <pre>{text}</pre>
        <Copy text={text} label="Copy the operation" />
      </section>
      {some ? <Json value={variables} label="Variables" /> : null}
    </>
  );
}

function playgroundHref({ text, variables }: Operation): string {
  const params = new URLSearchParams({ query: print(parse(text)) });
  params.set('variables', JSON.stringify(variables ?? {}, null, 2));
  return `/graphql#${params}`;
}

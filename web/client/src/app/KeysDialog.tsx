import './keysDialog.css';
import { Button, Keys } from '../ui/Button';
import { Dialog } from '../ui/Dialog';

type Line = readonly [does: string, ...keys: string[]];

const GROUPS: readonly { readonly title: string; readonly lines: readonly Line[] }[] = [
  {
    title: 'Everywhere',
    lines: [
      ['Search and commands', 'Ctrl K'],
      ['These keys', '?'],
      ['The GraphQL of the page', 'q'],
      ['Close what is open', 'Esc'],
    ],
  },
  {
    title: 'Lists',
    lines: [
      ['Next and previous row', 'j', 'k'],
      ['Open the row', '⏎'],
      ['Filter', '/'],
      ['Select the row', 'x'],
      ['Select up to the row', 'X'],
      ['Select the page', 'a'],
      ['Leave the selection, then the rows', 'Esc'],
    ],
  },
  {
    title: 'An execution',
    lines: [['Its tabs', '1', '…', '6']],
  },
  {
    title: 'Gantt',
    lines: [
      ['Walk the rows', '↑', '↓'],
      ['Open and close a row', '→', '←'],
      ['Select the task', '⏎'],
      ['Zoom', '+', '−'],
      ['All of it', 'f'],
      ['Critical path', 'c'],
      ['Compare with the run before', 'b'],
    ],
  },
  {
    title: 'Topology',
    lines: [
      ['Along the edges and beside', '←', '↑', '→', '↓'],
      ['Zoom', '+', '−'],
      ['All of it', 'f'],
    ],
  },
  {
    title: 'Logs',
    lines: [
      ['Search', '/'],
      ['Next and previous error', 'e', 'E'],
      ['Wrap lines', 'w'],
    ],
  },
  {
    title: 'A flow',
    lines: [
      ['Save', 'Ctrl S'],
      ['Execute', 'Ctrl ⏎'],
      ['Complete', 'Ctrl Space'],
    ],
  },
];

/** Everything that keys do, by page. */
export default function KeysDialog({ onClose }: { onClose: () => void }) {
  return (
    <Dialog wide title="Keys" onClose={onClose} actions={<Button onClick={onClose}>Close</Button>}>
      <div className="key-groups">
        {GROUPS.map(({ title, lines }) => (
          <section key={title}>
            <h3>{title}</h3>
            <dl>
              {lines.map(([does, ...keys]) => (
                <div key={does}>
                  <dt>{does}</dt>
                  <dd>
                    {keys.map((key) => (
                      <Keys key={key}>{key}</Keys>
                    ))}
                  </dd>
                </div>
              ))}
            </dl>
          </section>
        ))}
      </div>
    </Dialog>
  );
}

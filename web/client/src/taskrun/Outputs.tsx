import { useMemo, useState } from 'react';
import { Copy } from '../ui/Copy';
import { Icon } from '../ui/Icon';
import { Files, type OutputFile } from './Files';
import { outputRows } from './outputTree';

/** What a task run yielded: a tree of values, and its files. */
export function Outputs({ value, files }: { value: unknown; files: readonly OutputFile[] }) {
  const [chosen, setChosen] = useState<ReadonlyMap<string, boolean>>(new Map());
  const isOpen = (path: string, depth: number): boolean => chosen.get(path) ?? depth < 1;
  const rows = useMemo(
    () => outputRows(value, (path, depth) => chosen.get(path) ?? depth < 1),
    [value, chosen],
  );
  if (rows.length === 0 && files.length === 0) return <p className="faint">Nothing.</p>;
  return (
    <>
      <ul className="output-tree">
        {rows.map((row) => (
          <li key={row.path} style={{ paddingInlineStart: row.depth * 16 }}>
            {row.holds ? (
              <button
                type="button"
                aria-expanded={isOpen(row.path, row.depth)}
                onClick={() =>
                  setChosen(new Map(chosen).set(row.path, !isOpen(row.path, row.depth)))
                }
              >
                <Icon name={isOpen(row.path, row.depth) ? 'down' : 'right'} size={12} />
                {row.key}
              </button>
            ) : (
              <span className="output-key">{row.key}</span>
            )}
            <span className={`output-value ${row.kind}`} title={row.text}>
              {row.text}
            </span>
            {!row.holds && <Copy text={row.text} label={`Copy ${row.path}`} />}
          </li>
        ))}
      </ul>
      <Files files={files} />
    </>
  );
}

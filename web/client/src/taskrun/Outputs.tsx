import { useMemo, useState } from 'react';
import { Copy } from '../ui/Copy';
import { Icon } from '../ui/Icon';
import { outputRows } from './outputTree';

interface File {
  readonly name: string;
  readonly output: string;
  readonly url: string;
  readonly size?: string | null;
}

/** What a task run yielded: a tree of values, and its files. */
export function Outputs({ value, files }: { value: unknown; files: readonly File[] }) {
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
      {files.map((file) => (
        <a key={file.url} className="output-file" href={file.url} download>
          <Icon name="external" size={14} />
          <span className="clip">{file.name}</span>
          <small className="faint">{sizeOf(file.size)}</small>
        </a>
      ))}
    </>
  );
}

const UNITS = ['B', 'kB', 'MB', 'GB', 'TB'];

function sizeOf(bytes: string | null | undefined): string {
  if (bytes === null || bytes === undefined) return 'gone';
  let size = Number(bytes);
  let unit = 0;
  while (size >= 1000 && unit < UNITS.length - 1) {
    size /= 1000;
    unit += 1;
  }
  return `${unit === 0 ? size : size.toFixed(1)} ${UNITS[unit]}`;
}

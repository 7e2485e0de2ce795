import { Files, type OutputFile } from '../taskrun/Files';
import { summary } from '../taskrun/outputTree';
import { Copy } from '../ui/Copy';
import { Json } from '../ui/Json';
import type { Cell } from './drill';

interface Props {
  cell: Cell;
  /** How an expression reads it; null where that depends on the loops around. */
  expression: string | null;
  files: readonly OutputFile[];
}

/** The chosen value itself: typed, copyable, with the expression that reads it. */
export function Value({ cell, expression, files }: Props) {
  const { kind, text, holds } = summary(cell.value);
  return (
    <section className="drill-value" aria-label="Value">
      <header>
        <strong className="clip">{cell.label}</strong>
        <span className="faint">{holds ? text : kind}</span>
      </header>
      {expression !== null && (
        <p className="drill-expression">
          <code className="clip">{expression}</code>
          <Copy text={expression} label="Copy the expression" />
        </p>
      )}
      {holds ? (
        <Json value={cell.value} label={cell.label} />
      ) : (
        <div className="drill-plain">
          <pre className={`output-value ${kind}`}>{text}</pre>
          <Copy text={text} label="Copy the value" />
        </div>
      )}
      <Files files={files} />
    </section>
  );
}

import type { Diagnostic } from '@codemirror/lint';
import type { Text } from '@codemirror/state';

/** A problem of a flow's YAML as the API tells it; line and column from 1. */
export interface Problem {
  readonly message: string;
  readonly hint: string;
  readonly line: number;
  readonly column: number;
  readonly severity: 'ERROR' | 'WARNING';
}

/** Problems on the text they belong to: each marks the word it begins at. Those beyond the text go to its end. */
export function diagnosticsOf(problems: readonly Problem[], doc: Text): Diagnostic[] {
  return problems.map(({ message, hint, line, column, severity }) => {
    const at = doc.line(Math.max(1, Math.min(line, doc.lines)));
    const from = Math.min(at.from + Math.max(0, column - 1), at.to);
    const word = /^[^\s:,\]}]+/.exec(at.text.slice(from - at.from))?.[0] ?? '';
    return {
      from,
      to: Math.min(at.to, from + Math.max(1, word.length)),
      severity: severity === 'ERROR' ? 'error' : 'warning',
      message: hint ? `${message} ${hint}` : message,
    };
  });
}

import './Json.css';
import { Copy } from './Copy';

const TOKEN =
  /("(?:\\.|[^"\\])*")(\s*:)?|\b(true|false|null)\b|(-?\d+(?:\.\d+)?(?:[eE][+-]?\d+)?)/g;

/** The pieces of pretty-printed JSON with the kind of each: key, string, word, number or nothing. */
function pieces(text: string): { kind: string; text: string }[] {
  const found: { kind: string; text: string }[] = [];
  let at = 0;
  for (const match of text.matchAll(TOKEN)) {
    if (match.index > at) found.push({ kind: '', text: text.slice(at, match.index) });
    const kind = match[2] ? 'key' : match[1] ? 'string' : match[3] ? 'word' : 'number';
    found.push({ kind, text: match[0] });
    at = match.index + match[0].length;
  }
  found.push({ kind: '', text: text.slice(at) });
  return found;
}

/** A value as coloured JSON, copyable. */
export function Json({ value, label }: { value: unknown; label: string }) {
  const text = JSON.stringify(value, null, 2) ?? 'null';
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard
    <section className="json" aria-label={label} tabIndex={0}>
      <pre>
        {pieces(text).map((piece, index) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: the pieces of one text have no other identity
          <span key={index} className={piece.kind ? `json-${piece.kind}` : undefined}>
            {piece.text}
          </span>
        ))}
      </pre>
      <Copy text={text} label={`Copy ${label} as JSON`} />
    </section>
  );
}

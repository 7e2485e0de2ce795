import {
  autocompletion,
  closeBrackets,
  closeBracketsKeymap,
  completionKeymap,
} from '@codemirror/autocomplete';
import { defaultKeymap, history, historyKeymap, indentWithTab } from '@codemirror/commands';
import { yaml, yamlLanguage } from '@codemirror/lang-yaml';
import { bracketMatching, foldGutter, foldKeymap, indentOnInput } from '@codemirror/language';
import { lintGutter, lintKeymap, setDiagnostics } from '@codemirror/lint';
import { highlightSelectionMatches, searchKeymap } from '@codemirror/search';
import { EditorState, type Extension } from '@codemirror/state';
import {
  drawSelection,
  EditorView,
  highlightActiveLine,
  highlightActiveLineGutter,
  keymap,
  lineNumbers,
} from '@codemirror/view';
import { useEffect, useRef } from 'react';
import { completeBy } from './completion';
import { diagnosticsOf, type Problem } from './diagnostics';
import type { Schema } from './schema';
import { theme } from './theme';

interface Props {
  /** The text at first; a new `key` begins with another one. */
  text: string;
  onChange?: (text: string) => void;
  problems?: readonly Problem[];
  /** What completion goes by. */
  schema?: () => Promise<Schema | null>;
  readOnly?: boolean;
  label: string;
}

/** A YAML editor that completes and marks problems where they are. Loaded on demand. */
export default function CodeEditor({
  text,
  onChange,
  problems,
  schema,
  readOnly = false,
  label,
}: Props) {
  const host = useRef<HTMLDivElement>(null);
  const view = useRef<EditorView | null>(null);
  const latest = useRef({ onChange, schema });
  latest.current = { onChange, schema };
  const first = useRef(text);

  useEffect(() => {
    if (!host.current) return;
    const state = EditorState.create({
      doc: first.current,
      extensions: [
        ...(readOnly
          ? [EditorState.readOnly.of(true)]
          : writing(async () => (await latest.current.schema?.()) ?? null)),
        ...reading,
        EditorView.contentAttributes.of({ 'aria-label': label }),
        EditorView.updateListener.of((update) => {
          if (update.docChanged) latest.current.onChange?.(update.state.doc.toString());
        }),
      ],
    });
    const created = new EditorView({ state, parent: host.current });
    view.current = created;
    return () => created.destroy();
  }, [readOnly, label]);

  useEffect(() => {
    const editor = view.current;
    if (editor && problems)
      editor.dispatch(setDiagnostics(editor.state, diagnosticsOf(problems, editor.state.doc)));
  }, [problems]);

  return <div ref={host} className="code-editor" />;
}

const reading: Extension[] = [
  lineNumbers(),
  foldGutter(),
  yaml(),
  highlightSelectionMatches(),
  drawSelection(),
  keymap.of([...searchKeymap, ...foldKeymap]),
  theme,
];

const writing = (schema: () => Promise<Schema | null>): Extension[] => [
  history(),
  indentOnInput(),
  bracketMatching(),
  closeBrackets(),
  highlightActiveLine(),
  highlightActiveLineGutter(),
  lintGutter(),
  autocompletion({ icons: false }),
  yamlLanguage.data.of({ autocomplete: completeBy(schema) }),
  EditorState.tabSize.of(2),
  keymap.of([
    ...closeBracketsKeymap,
    ...completionKeymap,
    ...lintKeymap,
    ...historyKeymap,
    ...defaultKeymap.filter(({ key }) => key !== 'Mod-Enter'),
    indentWithTab,
  ]),
];

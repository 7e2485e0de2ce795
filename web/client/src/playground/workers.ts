import EditorWorker from 'monaco-editor/esm/vs/editor/editor.worker.js?worker';
import JsonWorker from 'monaco-editor/esm/vs/language/json/json.worker.js?worker';
import GraphQLWorker from 'monaco-graphql/esm/graphql.worker.js?worker';

function getWorker(_id: string, label: string): Worker {
  if (label === 'json') return new JsonWorker();
  if (label === 'graphql') return new GraphQLWorker();
  return new EditorWorker();
}

/** The editor's workers from our own build: no page of Flowdeck asks a foreign host for anything. */
Object.assign(globalThis, { MonacoEnvironment: { getWorker } });

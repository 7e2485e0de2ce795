import { fileURLToPath } from 'node:url';
import react from '@vitejs/plugin-react';
import { defineConfig } from 'vite';
import { codeSplitting } from './vite.chunks.ts';
import { documentsAsText } from './vite.documents.ts';

const page = (name: string) => fileURLToPath(new URL(name, import.meta.url));
const server = process.env.FLOWDECK_URL ?? 'http://127.0.0.1:8080';

export default defineConfig({
  plugins: [documentsAsText(), react()],
  build: {
    outDir: '../static',
    emptyOutDir: true,
    target: 'es2022',
    // Only the playground's editor is larger; budget.test.ts holds the rest to its sizes.
    chunkSizeWarningLimit: 4000,
    rolldownOptions: {
      input: [page('index.html'), page('graphiql.html')],
      output: { codeSplitting },
      onwarn: (warning, warn) => {
        // GraphiQL's modules carry directives for a compiler that does not run here.
        if (warning.code !== 'MODULE_LEVEL_DIRECTIVE') warn(warning);
      },
    },
  },
  worker: { format: 'es' },
  server: { proxy: { '/graphql': { target: server, ws: true }, '/api': server } },
});

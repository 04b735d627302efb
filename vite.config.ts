import { readFileSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { gzipSync } from 'node:zlib';
import react from '@vitejs/plugin-react';
import { defineConfig, type Plugin, type Rolldown } from 'vite';

const page = (name: string): string => resolve(import.meta.dirname, `src/web/${name}.html`);
const EXAM_WORKER = 'exam-worker';

/** All files that an entry can come to load, later parts and their styles included. */
function filesOf(bundle: Rolldown.OutputBundle, name: string, found = new Set<string>()): Set<string> {
  const chunk = bundle[name];
  if (found.has(name) || chunk?.type !== 'chunk') return found;
  found.add(name);
  for (const style of chunk.viteMetadata?.importedCss ?? []) found.add(style);
  for (const next of [...chunk.imports, ...chunk.dynamicImports]) filesOf(bundle, next, found);
  return found;
}

/**
 * Writes the addresses of the candidate's later parts into the page's HTML: for its service worker, which keeps what it finds
 * there, and for the page itself, which fetches them when it is at rest (candidate/prepare-for-outage.ts).
 */
const listLaterParts: Plugin = {
  name: 'list-later-parts',
  transformIndexHtml: {
    order: 'post',
    handler(html, { bundle, chunk, path }) {
      if (bundle === undefined || chunk === undefined || !path.endsWith('candidate.html')) return [];
      const later = [...filesOf(bundle, chunk.fileName)].filter((file) => !html.includes(file));
      const children = JSON.stringify(later.map((file) => `/${file}`));
      return [
        {
          tag: 'script',
          attrs: { type: 'application/json', id: 'later-parts' },
          children,
          injectTo: 'head' as const,
        },
      ];
    },
  },
};

/** Lays a gzipped copy beside each script and style sheet; the server sends it to whoever understands it (platform/http/pages.ts). */
const gzipped: Plugin = {
  name: 'gzipped',
  apply: 'build',
  writeBundle({ dir = '' }, bundle) {
    for (const name of Object.keys(bundle).filter((file) => /\.(?:js|css)$/.test(file))) {
      const path = join(dir, name);
      writeFileSync(`${path}.gz`, gzipSync(readFileSync(path), { level: 9 }));
    }
  },
};

export default defineConfig({
  root: 'src/web',
  base: '/',
  plugins: [react(), listLaterParts, gzipped],
  build: {
    outDir: resolve(import.meta.dirname, 'dist/web'),
    emptyOutDir: true,
    target: 'chrome109',
    // Chrome 109 preloads modules by itself.
    modulePreload: { polyfill: false },
    rolldownOptions: {
      input: {
        index: page('index'),
        candidate: page('candidate'),
        invigilator: page('invigilator'),
        examiner: page('examiner'),
        office: page('office'),
        verify: page('verify'),
        [EXAM_WORKER]: resolve(import.meta.dirname, `src/web/candidate/${EXAM_WORKER}.ts`),
      },
      output: {
        // A service worker keeps its address over upgrades; everything else is named by its content.
        entryFileNames: ({ name }) => (name === EXAM_WORKER ? '[name].js' : 'assets/[name]-[hash].js'),
      },
    },
  },
  server: {
    proxy: { '/api': 'http://127.0.0.1:8080', '/live': { target: 'http://127.0.0.1:8080', ws: true } },
  },
});

import { readFileSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { gzipSync } from 'node:zlib';
import react from '@vitejs/plugin-react';
import { defineConfig, type Plugin } from 'vite';

const page = (name: string): string => resolve(import.meta.dirname, `src/web/${name}.html`);

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
  plugins: [react(), gzipped],
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
      },
    },
  },
  server: {
    proxy: { '/api': 'http://127.0.0.1:8080', '/live': { target: 'http://127.0.0.1:8080', ws: true } },
  },
});

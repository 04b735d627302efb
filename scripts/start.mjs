// `npm start`: installs what is missing, builds, serves the whole product with the demo examination.
import { spawn } from 'node:child_process';
import { ensureBuilt, ensurePackages, root } from './ensure-installed.mjs';

ensurePackages();
ensureBuilt();
const server = spawn(process.execPath, ['--import', 'tsx', 'src/main.ts'], {
  cwd: root,
  stdio: 'inherit',
  env: {
    KAOCHANG_DEMO: process.env.MONGODB_URI === undefined ? '1' : '0',
    LOG_LEVEL: 'warn',
    ...process.env,
  },
});
for (const signal of ['SIGINT', 'SIGTERM']) process.on(signal, () => server.kill(signal));
server.on('exit', (code) => process.exit(code ?? 1));

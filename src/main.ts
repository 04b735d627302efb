import { startApp } from './app.ts';
import { readConfig } from './config.ts';

const app = await startApp(readConfig());

let closing = false;
for (const signal of ['SIGINT', 'SIGTERM'] as const) {
  process.on(signal, () => {
    if (closing) return;
    closing = true;
    void app.close().then(() => process.exit(0));
  });
}

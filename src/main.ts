import { startApp, type App } from './app.ts';
import { readConfig } from './config.ts';
import { ensureFirstAdministrator } from './people/first-administrator.ts';

const app = await startApp(readConfig());
const created = await ensureFirstAdministrator(app.ctx);
if (created !== undefined && app.ctx.config.demo && process.env['KAOCHANG_DEMO_EMPTY'] !== '1')
  await showDemo(app, created.password);
else
  say([
    `Kaochang 考场  ${app.url}`,
    ...(created === undefined
      ? []
      : [`First administrator: admin / ${created.password}  (change it after signing in)`]),
  ]);

if (app.ctx.config.lab) {
  const { answerDiagnostics } = await import('./platform/diagnostics.ts');
  answerDiagnostics(app.url, app.store);
}

async function showDemo({ url, ctx, server }: App, password: string): Promise<void> {
  const { loadDemo } = await import('./demo/load.ts');
  const { describeDemo } = await import('./demo/describe.ts');
  const { overPlainHttp } = await import('./demo/plain-listener.ts');
  const seats = await overPlainHttp(server, (inside) => loadDemo(inside, password));
  say(describeDemo(url, seats));
  ctx.log.info('demo loaded');
}

/** Lines for the person at the terminal, as distinct from the log. */
function say(lines: readonly string[]): void {
  process.stdout.write(`${lines.join('\n')}\n`);
}

let closing = false;
for (const signal of ['SIGINT', 'SIGTERM'] as const) {
  process.on(signal, () => {
    if (closing) return;
    closing = true;
    void app.close().then(() => process.exit(0));
  });
}

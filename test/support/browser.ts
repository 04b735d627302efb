import { existsSync, readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import type { Browser, BrowserContext, Page } from 'playwright-core';
import { launchChromium } from '../../scripts/lab/chromium.ts';
import type { Config } from '../../src/config.ts';
import { startTestApp, type Client, type TestApp } from './app.ts';

/** A finding of axe: the rule, where it does not hold, and why. */
export interface AxeFinding {
  rule: string;
  targets: string[];
  why: string;
}

/** A whole application with its built pages, and one browser. */
export interface BrowserApp extends TestApp {
  /** A person's own browser window: own cookies, own storage. `client` is signed in already, if given. */
  person(options?: { lang?: 'zh' | 'en'; client?: Client }): Promise<Person>;
}

/** A window with what went wrong in it. */
export interface Person {
  page: Page;
  context: BrowserContext;
  /** Errors of the console and uncaught ones, as they come. */
  errors: string[];
  /** Opens an address of the product. */
  open(address: string): Promise<void>;
}

const AXE = readFileSync(resolve('node_modules/axe-core/axe.min.js'), 'utf8');

/** The folder of the built pages: $WEB_DIR, or dist/web. */
export function builtPages(): string {
  const webDir = resolve(process.env['WEB_DIR'] ?? 'dist/web');
  if (!existsSync(resolve(webDir, 'index.html'))) throw new Error(`no pages in ${webDir}: npm run build`);
  return webDir;
}

/** A person's own window on the server at `url`. */
export async function openWindow(
  browser: Browser,
  url: string,
  { lang = 'zh', client }: { lang?: 'zh' | 'en'; client?: Client } = {},
): Promise<Person> {
  const context = await browser.newContext({
    viewport: { width: 1366, height: 768 },
    locale: lang === 'zh' ? 'zh-CN' : 'en-US',
    // What moves is not looked at while it moves.
    reducedMotion: 'reduce',
  });
  if (client !== undefined) await signIn(context, url, client);
  const page = await context.newPage();
  page.setDefaultTimeout(20_000);
  return {
    page,
    context,
    errors: listen(page),
    open: async (address) => void (await page.goto(url + address)),
  };
}

/** Starts the application with the built pages and one browser; `close()` ends both. */
export async function startBrowserApp(overrides: Partial<Config> = {}): Promise<BrowserApp> {
  const webDir = builtPages();
  const browser = await launchChromium();
  const app = await startTestApp({ webDir, ...overrides });
  return {
    ...app,
    person: (options) => openWindow(browser, app.url, options),
    async close() {
      await browser.close();
      await app.close();
    },
  };
}

async function signIn(context: BrowserContext, url: string, client: Client): Promise<void> {
  const [name = '', ...value] = client.cookie.split('=');
  await context.addCookies([{ name, value: value.join('='), url }]);
}

function listen(page: Page): string[] {
  const errors: string[] = [];
  page.on('console', (message) => {
    if (message.type() === 'error') errors.push(`${message.text()} (${message.location().url})`);
  });
  page.on('pageerror', (error) => errors.push(String(error)));
  return errors;
}

/** What axe finds on the page as it stands. Evaluated beside the page's scripts, so that the page's own policy stays in force. */
export async function axe(page: Page): Promise<AxeFinding[]> {
  await page.evaluate(AXE);
  return page.evaluate(async () => {
    const { axe: engine } = window as unknown as {
      axe: {
        run(): Promise<{
          violations: { id: string; nodes: { target: string[]; failureSummary?: string }[] }[];
        }>;
      };
    };
    const { violations } = await engine.run();
    return violations.map(({ id, nodes }) => ({
      rule: id,
      targets: nodes.map(({ target }) => target.join(' ')),
      why: nodes[0]?.failureSummary ?? '',
    }));
  });
}

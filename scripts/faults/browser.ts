import { spawn, type ChildProcess } from 'node:child_process';
import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { chromium, type Browser, type BrowserContext, type Page } from 'playwright-core';
import { CHROMIUM_ARGUMENTS, chromiumPath } from '../lab/chromium.ts';
import { removeFolder, undoAtExit } from '../lab/cleanup.ts';

const START_MS = 30_000;
/** A lab's screen. */
export const WINDOW = { width: 1366, height: 768 };

/** A candidate's computer: a real browser with a disk of its own, that can be switched off at any moment. */
export class LabComputer {
  readonly #profile = mkdtempSync(join(tmpdir(), 'kaochang-browser-'));
  readonly #env: Record<string, string>;
  #process: ChildProcess | undefined;
  #browser: Browser | undefined;
  #forget: (() => void) | undefined;

  /** `env`: further environment of the browser's processes. */
  constructor(env: Record<string, string> = {}) {
    this.#env = env;
  }

  /** Switches it on; the browser finds what was on its disk. */
  async start(): Promise<BrowserContext> {
    const args = [
      ...CHROMIUM_ARGUMENTS,
      `--user-data-dir=${this.#profile}`,
      '--remote-debugging-port=0',
      '--lang=zh-CN',
      '--accept-lang=zh-CN',
      'about:blank',
    ];
    const child = spawn(chromiumPath(), args, {
      detached: true,
      stdio: ['ignore', 'ignore', 'pipe'],
      env: { ...process.env, ...this.#env },
    });
    this.#process = child;
    this.#forget = undoAtExit(() => {
      this.#end();
      removeFolder(this.#profile);
    });
    this.#browser = await chromium.connectOverCDP(await addressOf(child));
    const [context] = this.#browser.contexts();
    if (context === undefined) throw new Error('the browser has no window');
    return context;
  }

  /** The browser's first window, at the size of a lab's screen. */
  async open(url: string): Promise<Page> {
    const context = await this.start();
    const page = context.pages()[0] ?? (await context.newPage());
    await page.setViewportSize(WINDOW);
    page.setDefaultTimeout(30_000);
    await page.goto(url);
    return page;
  }

  /** Pulls the plug: every process of the browser ends at once. */
  async kill(): Promise<void> {
    const child = this.#process;
    if (child === undefined) return;
    const over = new Promise((done) => child.once('exit', done));
    this.#end();
    await over;
    await this.#browser?.close().catch(() => undefined);
    this.#process = undefined;
  }

  /** Stops every process where it stands: the computer sleeps. */
  freeze(): void {
    this.#signal('SIGSTOP');
  }

  thaw(): void {
    this.#signal('SIGCONT');
  }

  /** Kills it and deletes its disk. */
  async dispose(): Promise<void> {
    await this.kill();
    this.#forget?.();
    removeFolder(this.#profile);
  }

  #end(): void {
    this.#signal('SIGKILL');
  }

  /** To the browser and all processes it has started. */
  #signal(signal: 'SIGKILL' | 'SIGSTOP' | 'SIGCONT'): void {
    const pid = this.#process?.pid;
    if (pid === undefined) return;
    try {
      process.kill(-pid, signal);
    } catch {
      // It has ended by itself.
    }
  }
}

/** Where the browser's debugger listens, as it says when it starts. */
function addressOf(child: ChildProcess): Promise<string> {
  return new Promise((done, failed) => {
    const late = setTimeout(() => {
      failed(new Error('the browser did not start'));
    }, START_MS);
    let said = '';
    child.stderr?.on('data', (chunk: Buffer) => {
      said += chunk.toString();
      const address = /DevTools listening on (ws:\S+)/.exec(said)?.[1];
      if (address === undefined) return;
      clearTimeout(late);
      done(address);
    });
  });
}

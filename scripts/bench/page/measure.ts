import type { BrowserContext, CDPSession, Page } from 'playwright-core';

/** A slow PC: this many times slower than the machine. */
export const CPU_THROTTLE = 6;
/** Network delay while typing, ms. */
export const NETWORK_DELAY_MS = 2_000;

/** Middle of a list of figures; the lower one of two. */
export const median = (figures: readonly number[]): number => quantile(figures, 0.5);
/** 95 of 100 are not above it. */
export const p95 = (figures: readonly number[]): number => quantile(figures, 0.95);

function quantile(figures: readonly number[], share: number): number {
  const sorted = [...figures].sort((a, b) => a - b);
  return sorted[Math.max(0, Math.ceil(sorted.length * share) - 1)] ?? Number.NaN;
}

/** The browser's protocol for one page. */
export const protocolOf = (page: Page): Promise<CDPSession> => page.context().newCDPSession(page);

export async function throttle(page: Page, rate = CPU_THROTTLE): Promise<void> {
  await (await protocolOf(page)).send('Emulation.setCPUThrottlingRate', { rate });
}

/** Delays everything that goes over the line of this page. */
export async function delayNetwork(page: Page, ms: number): Promise<void> {
  const protocol = await protocolOf(page);
  await protocol.send('Network.enable');
  await protocol.send('Network.emulateNetworkConditions', {
    offline: false,
    latency: ms,
    downloadThroughput: -1,
    uploadThroughput: -1,
  });
}

interface Probe {
  readyMs?: number;
  clicks: number[];
  keys: number[];
}
type Probed = Window & { probe?: Probe };

/**
 * Put into each page before its scripts: notes when `selector` has first been drawn (ms after the navigation began), and for
 * each click and each key the time from the event to the end of the next frame.
 */
export async function installProbe(context: BrowserContext, selector: string): Promise<void> {
  // tsx names functions by a helper that no page has.
  await context.addInitScript('globalThis.__name ??= (named) => named;');
  await context.addInitScript((wanted: string) => {
    const probe: Probe = { clicks: [], keys: [] };
    (window as Probed).probe = probe;
    const afterFrame = (done: () => void): void => {
      requestAnimationFrame(() => {
        const channel = new MessageChannel();
        channel.port1.onmessage = done;
        channel.port2.postMessage(undefined);
      });
    };
    const look = (): void => {
      if (document.querySelector(wanted) === null) requestAnimationFrame(look);
      else
        afterFrame(() => {
          probe.readyMs = performance.now();
        });
    };
    requestAnimationFrame(look);
    const time = (figures: number[]) => (event: Event) => {
      const began = event.timeStamp;
      afterFrame(() => figures.push(performance.now() - began));
    };
    window.addEventListener('click', time(probe.clicks), true);
    window.addEventListener('keydown', time(probe.keys), true);
  }, selector);
}

/** How long the page took to be ready, ms after the navigation began. */
export async function readyMs(page: Page): Promise<number> {
  const handle = await page.waitForFunction(() => (window as Probed).probe?.readyMs);
  return (await handle.jsonValue()) ?? Number.NaN;
}

/** Latencies since the last call, ms. */
export const takeLatencies = (page: Page): Promise<{ clicks: number[]; keys: number[] }> =>
  page.evaluate(async () => {
    // What is still on its way to the end of its frame.
    await new Promise((done) => setTimeout(done, 500));
    const { probe } = window as Probed;
    if (probe === undefined) throw new Error('no probe in this page');
    return { clicks: probe.clicks.splice(0), keys: probe.keys.splice(0) };
  });

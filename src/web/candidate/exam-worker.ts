/**
 * The service worker of the candidate's page: brings the page itself back when the server does not answer (a reload while it
 * is down, or the line is cut). It knows nothing of attempts and answers: those are in IndexedDB, which works on plain http
 * too. It must stay without imports: it is served as one file of a stable name, `/exam-worker.js`.
 */

/** What is used here of the worker's own interfaces, which the DOM's types do not have. */
interface WaitingEvent extends Event {
  waitUntil(work: Promise<unknown>): void;
}
interface InstallingEvent extends WaitingEvent {
  /** From Chrome 123 on: requests that never wake this worker. */
  addRoutes?(routes: { condition: { urlPattern: { pathname: string } }; source: 'network' }[]): Promise<void>;
}
interface FetchingEvent extends WaitingEvent {
  request: Request;
  respondWith(answer: Promise<Response>): void;
}
interface WorkerScope {
  addEventListener(kind: 'install', listener: (event: InstallingEvent) => void): void;
  addEventListener(kind: 'fetch', listener: (event: FetchingEvent) => void): void;
  skipWaiting(): Promise<void>;
}
const worker = self as unknown as WorkerScope;

/** The address of the page; all that follows it (room, seat, language) is read by the page itself. */
const PAGE = '/exam';
/** Caches of this worker: one a version of the page, named by the digest of its HTML. */
const FAMILY = 'kaochang-exam-';
/** How long the server may take before the kept page is shown instead, ms. */
const PATIENCE_MS = 3_000;

/** What a version of the page needs, as its own HTML says: its hashed scripts and styles, those of later parts too. */
const assetsOf = (html: string): string[] => [
  ...new Set([...html.matchAll(/"(\/assets\/[^"]+)"/g)].map((match) => match[1] ?? '')),
];

async function cacheName(html: string): Promise<string> {
  const digest = await crypto.subtle.digest('SHA-256', new TextEncoder().encode(html));
  return FAMILY + [...new Uint8Array(digest)].map((byte) => byte.toString(16).padStart(2, '0')).join('');
}

/** A copy whose body can be read again; the headers carry the page's content security policy. */
const copyOf = (html: string, { status, headers }: Response): Response =>
  new Response(html, { status, headers });

/**
 * Keeps a version of the page: its assets first, the page last, then the versions before it go. So whatever page is found
 * in a cache has all it needs beside it. One at a time, lest two versions throw each other away.
 */
async function keep(html: string, answer: Response): Promise<void> {
  const name = await cacheName(html);
  await navigator.locks.request(FAMILY, async () => {
    const cache = await caches.open(name);
    if ((await cache.match(PAGE)) === undefined) {
      await cache.addAll(assetsOf(html));
      await cache.put(PAGE, copyOf(html, answer));
    }
    for (const other of await caches.keys())
      if (other.startsWith(FAMILY) && other !== name) await caches.delete(other);
  });
}

async function keptPage(): Promise<Response | undefined> {
  for (const name of await caches.keys()) {
    if (!name.startsWith(FAMILY)) continue;
    const page = await (await caches.open(name)).match(PAGE);
    if (page !== undefined) return page;
  }
  return undefined;
}

/** The page as the server has it now. Read whole, so that a line that dies in the middle counts as no answer. */
async function askForPage(signal?: AbortSignal): Promise<{ html: string; answer: Response }> {
  const answer = await fetch(PAGE, { cache: 'no-cache', ...(signal === undefined ? {} : { signal }) });
  return { html: await answer.text(), answer };
}

/** The server's page, so that an upgrade arrives; the kept one when the server does not answer, or answers that it cannot. */
async function page(event: FetchingEvent): Promise<Response> {
  try {
    const { html, answer } = await askForPage(AbortSignal.timeout(PATIENCE_MS));
    if (answer.ok) {
      event.waitUntil(keep(html, answer).catch(() => undefined));
      return copyOf(html, answer);
    }
    return (await keptPage()) ?? copyOf(html, answer);
  } catch {
    return (await keptPage()) ?? Response.error();
  }
}

/** An asset's name has the digest of its content: what is kept is right for ever. */
const asset = async (request: Request): Promise<Response> =>
  (await caches.match(request, { ignoreVary: true })) ?? fetch(request);

worker.addEventListener('install', (event) => {
  const network = (pathname: string) => ({
    condition: { urlPattern: { pathname } },
    source: 'network' as const,
  });
  event.waitUntil(
    (async () => {
      await event.addRoutes?.([network('/api/*'), network('/live/*')]);
      const { html, answer } = await askForPage();
      if (!answer.ok) throw new Error(`no page: ${answer.status}`);
      await keep(html, answer);
      await worker.skipWaiting();
    })(),
  );
});

worker.addEventListener('fetch', (event) => {
  const { request } = event;
  const { origin, pathname } = new URL(request.url);
  if (request.method !== 'GET' || origin !== location.origin) return;
  if (request.mode === 'navigate') {
    if (pathname === PAGE || pathname.startsWith(`${PAGE}/`)) event.respondWith(page(event));
  } else if (pathname.startsWith('/assets/')) event.respondWith(asset(request));
});

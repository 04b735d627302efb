/** When the page has come to rest after loading, ms: what is done here takes nothing from the first question. */
const REST_MS = 3_000;

/** Addresses of the page's later parts, as the build has written them into the HTML (vite.config.ts). */
function laterParts(): string[] {
  const list = document.getElementById('later-parts')?.textContent ?? '[]';
  return JSON.parse(list) as string[];
}

/** Lays the later parts in the browser's cache: an upgrade in the middle of an exam takes them from the server. */
async function fetchLaterParts(): Promise<void> {
  // One after the other, so that the exam's own requests find the line free.
  for (const address of laterParts()) await fetch(address, { cache: 'force-cache' }).then((r) => r.blob());
}

/** Has the page at hand while the server is down (`exam-worker.ts`): on https, and on the server's own machine. */
async function register(): Promise<void> {
  if ('serviceWorker' in navigator)
    await navigator.serviceWorker.register('/exam-worker.js', { scope: '/exam', updateViaCache: 'none' });
}

/** Prepares the page, once it is at rest, for a server that goes away or is upgraded. */
export function prepareForOutage(): void {
  if (!import.meta.env.PROD) return;
  const prepare = (): void => {
    setTimeout(() => {
      // Without these (a line that is cut just now; a certificate that was clicked through) the page works while the server does.
      fetchLaterParts().catch(() => undefined);
      register().catch(() => undefined);
    }, REST_MS);
  };
  if (document.readyState === 'complete') prepare();
  else window.addEventListener('load', prepare, { once: true });
}

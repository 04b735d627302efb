/**
 * Registers the worker that brings the page back while the server is down (`exam-worker.ts`), where the browser has
 * workers: on https, and on the server's own machine. After loading, so that it takes nothing from the page's start.
 */
export function registerWorker(): void {
  if (!import.meta.env.PROD || !('serviceWorker' in navigator)) return;
  const register = (): void => {
    navigator.serviceWorker
      .register('/exam-worker.js', { scope: '/exam', updateViaCache: 'none' })
      // Without it (a certificate that was clicked through, a browser that forbids it) the page works as on plain http.
      .catch(() => undefined);
  };
  if (document.readyState === 'complete') register();
  else window.addEventListener('load', register, { once: true });
}

import { useSyncExternalStore } from 'react';

/** Place in the office: `#/bank/coverage` is page "bank", tab "coverage"; further segments name an object. */
export interface Place {
  page: string;
  tab: string | undefined;
  id: string | undefined;
}

const listen = (onChange: () => void): (() => void) => {
  addEventListener('hashchange', onChange);
  return () => {
    removeEventListener('hashchange', onChange);
  };
};

/** The place that the address names. */
export function usePlace(): Place {
  const hash = useSyncExternalStore(listen, () => location.hash);
  const [page = '', tab, id] = hash
    .replace(/^#\/?/, '')
    .split('/')
    .map((part) => decodeURIComponent(part));
  return { page, tab: tab === '' ? undefined : tab, id };
}

/** Goes to a place; the back button returns. */
export function go(...parts: readonly string[]): void {
  location.hash = `/${parts.map((part) => encodeURIComponent(part)).join('/')}`;
}

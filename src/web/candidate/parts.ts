import { useEffect, useState } from 'react';

/** A part of the page that is fetched apart from the first one, and what has come of it. */
interface Part<T> {
  load(): Promise<T>;
  loaded: T | undefined;
}

const part = <T>(load: () => Promise<T>): Part<T> => ({ load, loaded: undefined });

/** What is needed only after the first question is on the screen: tools, dialogs, covers, the receipt. */
export const LATER = part(() => import('./later.ts'));
/** Computer tasks: for skill tests only. */
export const SCENARIO = part(() => import('./questions/scenario.tsx'));

const RETRY_MS = 3_000;
/** Rest after the first question has been drawn, ms. */
const IDLE_MS = 1_500;

/** Whether a style sheet has not come: Chromium then has none, or one that may not be looked into. */
function isMissing({ sheet }: HTMLLinkElement): boolean {
  try {
    return sheet === null || sheet.cssRules.length === 0;
  } catch {
    return true;
  }
}

/** The bundler asks for a part's style sheet once only: one that did not come is asked for until it does. */
function askForStyles(): void {
  const missing = [...document.querySelectorAll<HTMLLinkElement>('link[rel=stylesheet]')].filter(isMissing);
  for (const link of missing) link.replaceWith(link.cloneNode());
  if (missing.length > 0) setTimeout(askForStyles, RETRY_MS);
}

/** Fetches a part `now` or when the page has come to rest; again and again while the line is down. Undefined until it is there. */
export function usePart<T>(wanted: Part<T>, when: 'now' | 'at-rest' | 'not-yet'): T | undefined {
  const [here, setHere] = useState(() => wanted.loaded);
  useEffect(() => {
    if (here !== undefined || when === 'not-yet') return;
    let timer: ReturnType<typeof setTimeout> | undefined;
    const life = { over: false };
    const load = (): void => {
      wanted.load().then(
        (module) => {
          wanted.loaded = module;
          if (!life.over) setHere(() => module);
        },
        () => {
          if (life.over) return;
          timer = setTimeout(() => {
            askForStyles();
            load();
          }, RETRY_MS);
        },
      );
    };
    if (when === 'now') load();
    else timer = setTimeout(load, IDLE_MS);
    return () => {
      life.over = true;
      clearTimeout(timer);
    };
  }, [wanted, here, when]);
  return here;
}

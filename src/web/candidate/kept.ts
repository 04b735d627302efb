import { useCallback, useState } from 'react';

/** A value of this computer (localStorage), or the fallback where nothing usable is kept or storage is forbidden. */
export function recallValue<T>(key: string, fallback: T): T {
  try {
    const text = localStorage.getItem(key);
    return text === null ? fallback : (JSON.parse(text) as T);
  } catch {
    return fallback;
  }
}

/** Keeps a value on this computer; a browser that keeps nothing just forgets it. */
export function keepValue(key: string, value: unknown): void {
  try {
    localStorage.setItem(key, JSON.stringify(value));
  } catch {
    // Only comforts are kept here (sizes, folds, what has been read): without storage they last as long as the page.
  }
}

/** State that this computer keeps over a reload. */
export function useKept<T>(key: string, fallback: T): [T, (value: T) => void] {
  const [value, setValue] = useState(() => recallValue(key, fallback));
  const set = useCallback(
    (next: T) => {
      setValue(next);
      keepValue(key, next);
    },
    [key],
  );
  return [value, set];
}

import { isDoc, type Doc } from './bson-codec.ts';
import { MongoError, notBuilt } from './errors.ts';
import type { SortSpec } from './paths.ts';

/**
 * Checks a sort document.
 * @throws MongoError BadValue for anything but 1 and −1
 */
export function parseSort(sort: unknown): SortSpec {
  if (sort === undefined || sort === null) return [];
  if (!isDoc(sort)) throw new MongoError(14, 'Expected sort to be an object');
  return Object.keys(sort)
    .filter((path) => path !== '$natural')
    .map((path) => {
      const value = sort[path];
      if (isDoc(value)) throw notBuilt('Sorting by $meta');
      const n = Number(value);
      if (n !== 1 && n !== -1) {
        throw new MongoError(15975, '$sort key ordering must be 1 (for ascending) or -1 (for descending)');
      }
      return { parts: path.split('.'), descending: n < 0 };
    });
}

/** True if the sort asks for insertion order reversed ({$natural: -1}). */
export const naturalDescending = (sort: unknown): boolean => isDoc(sort) && Number(sort['$natural']) < 0;

/** A key pattern or sort document as text, to compare two. */
export const patternText = (pattern: Doc): string =>
  JSON.stringify(Object.entries(pattern).map(([k, v]) => [k, typeof v === 'string' ? v : Number(v)]));

/** Keys of a document in an index: one a combination of values, arrays fanned out together. */
import { field, isDoc, type Doc } from './bson-codec.ts';
import type { Index } from './catalog.ts';
import { MongoError } from './errors.ts';
import { EMPTY_ARRAY, isIndexPart, reachedKey } from './paths.ts';

interface Cursor {
  value: unknown;
  rest: readonly string[];
  done: boolean;
}

/** Follows a field down to a scalar, or to the first array on its way. */
function advance(cursor: Cursor): Cursor {
  let { value, rest } = cursor;
  while (rest.length > 0 && !cursor.done) {
    const part = rest[0] as string;
    if (isDoc(value)) value = field(value, part);
    else if (Array.isArray(value) && isIndexPart(part) && Number(part) < value.length)
      value = value[Number(part)];
    else if (Array.isArray(value)) break;
    else value = undefined;
    rest = rest.slice(1);
    if (value === undefined) rest = [];
  }
  return { value, rest, done: cursor.done || !Array.isArray(value) };
}

function inElement(cursor: Cursor, element: unknown): Cursor {
  if (cursor.done) return cursor;
  if (cursor.rest.length === 0) return { value: element, rest: [], done: true };
  return isDoc(element)
    ? { value: element, rest: cursor.rest, done: false }
    : { value: undefined, rest: [], done: true };
}

function tuples(start: Cursor[], out: unknown[][]): boolean {
  const cursors = start.map((c) => (c.done ? c : advance(c)));
  const open = cursors.filter((c) => !c.done);
  if (open.length === 0) {
    out.push(cursors.map((c) => c.value));
    return false;
  }
  const array = open[0]?.value as unknown[];
  if (open.some((c) => c.value !== array)) throw new MongoError(171, 'cannot index parallel arrays');
  if (array.length === 0) {
    const emptied = cursors.map((c) => (c.done ? c.value : c.rest.length ? undefined : EMPTY_ARRAY));
    out.push(emptied);
    return true;
  }
  for (const element of array)
    tuples(
      cursors.map((c) => inElement(c, element)),
      out,
    );
  return true;
}

export interface IndexKeys {
  keys: Buffer[];
  /** an array was fanned out */
  multikey: boolean;
}

const NONE: IndexKeys = { keys: [], multikey: false };

/**
 * Keys of a document in an index; none if it is not in it (sparse, partial).
 * @throws MongoError CannotIndexParallelArrays
 */
export function indexKeys(index: Index, doc: Doc): IndexKeys {
  if (index.partial && !index.partial(doc)) return NONE;
  const rows: unknown[][] = [];
  const multikey = tuples(
    index.fields.map(({ parts }) => ({ value: doc, rest: parts, done: false })),
    rows,
  );
  if (index.sparse && rows.every((row) => row.every((v) => v === undefined))) return NONE;
  const keys = rows.map((row) => joined(row, index));
  if (keys.length === 1) return { keys, multikey };
  const distinct = new Map(keys.map((key) => [key.toString('latin1'), key]));
  return { keys: [...distinct.values()], multikey };
}

function joined(row: unknown[], index: Index): Buffer {
  const parts = index.fields.map(({ descending }, i) => reachedKey(row[i], descending));
  return parts.length === 1 ? (parts[0] as Buffer) : Buffer.concat(parts);
}

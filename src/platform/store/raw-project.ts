/** Projections of whole top-level fields, cut out of encoded documents: nothing is decoded that nobody asked for. */
import { Double } from 'bson';
import { field, rareSize, type Doc } from './bson-codec.ts';

/** Sizes of values by type, of those whose size is fixed. */
const FIXED: Readonly<Record<number, number>> = {
  0x01: 8,
  0x07: 12,
  0x08: 1,
  0x09: 8,
  0x0a: 0,
  0x10: 4,
  0x11: 8,
  0x12: 8,
  0x13: 16,
  0x7f: 0,
  0xff: 0,
};
const STRING = 0x02;
const DOCUMENT = 0x03;
const ARRAY = 0x04;
const BINARY = 0x05;
const REGEX = 0x0b;

function nameEnd(bytes: Buffer, at: number): number {
  const end = bytes.indexOf(0, at);
  if (end === -1) throw new Error('BSON: unterminated name');
  return end;
}

/** Where a value of this type ends that begins at `at`. */
function valueEnd(bytes: Buffer, type: number, at: number): number {
  const fixed = FIXED[type];
  if (fixed !== undefined) return at + fixed;
  switch (type) {
    case STRING:
      return at + 4 + bytes.readInt32LE(at);
    case DOCUMENT:
    case ARRAY:
      return at + bytes.readInt32LE(at);
    case BINARY:
      return at + 5 + bytes.readInt32LE(at);
    case REGEX:
      return nameEnd(bytes, nameEnd(bytes, at) + 1) + 1;
    default:
      return at + rareSize(type, bytes, at);
  }
}

/** The document of those elements whose name `keeps`, in their order. */
function cut(bytes: Buffer, keeps: (name: string) => boolean): Buffer {
  const end = bytes.readInt32LE(0) - 1;
  const pieces: Buffer[] = [Buffer.alloc(4)];
  let size = 5;
  let from = -1;
  let at = 4;
  const close = (to: number): void => {
    if (from === -1) return;
    pieces.push(bytes.subarray(from, to));
    size += to - from;
    from = -1;
  };
  while (at < end) {
    const nameStart = at + 1;
    const nameStop = nameEnd(bytes, nameStart);
    if (!keeps(bytes.toString('utf8', nameStart, nameStop))) close(at);
    else if (from === -1) from = at;
    at = valueEnd(bytes, bytes[at] as number, nameStop + 1);
  }
  if (at !== end) throw new Error('BSON: document overruns its length');
  close(end);
  pieces.push(bytes.subarray(end, end + 1));
  pieces[0]?.writeInt32LE(size);
  return Buffer.concat(pieces, size);
}

/** True or false of a plain inclusion or exclusion; undefined of anything else. */
function flagOf(value: unknown): boolean | undefined {
  if (value instanceof Double) return value.value !== 0;
  if (typeof value === 'bigint') return value !== 0n;
  return typeof value === 'boolean' || typeof value === 'number' ? Boolean(value) : undefined;
}

/**
 * The projection as a cut of encoded documents, if it only names whole top-level fields, all to be kept or all to be left
 * out (`_id` is kept unless left out by name). Undefined where it needs `compileProjection`, which also finds the faults.
 */
export function rawProjection(spec: Doc): ((bytes: Buffer) => Buffer) | undefined {
  const names = Object.keys(spec);
  const flags = new Map(names.map((name) => [name, flagOf(field(spec, name))]));
  const keepsId = flags.get('_id') ?? true;
  const others = names.filter((name) => name !== '_id');
  const [first = ''] = others;
  const keep = flags.get(first);
  if (keep === undefined || (flags.has('_id') && flags.get('_id') === undefined)) return undefined;
  if (others.some((name) => /^$|[.$]/.test(name) || flags.get(name) !== keep)) return undefined;
  const named = new Set(others);
  return (bytes) => cut(bytes, (name) => (name === '_id' ? keepsId : named.has(name) === keep));
}

/**
 * BSON's total order: `compare`, and byte keys whose order is that order (`encodeKey`). Keys of different numeric
 * types are equal when the numbers are, exactly, over int32, int64, double and Decimal128.
 */
import {
  Binary,
  BSONRegExp,
  BSONSymbol,
  Code,
  DBRef,
  Decimal128,
  Double,
  Int32,
  Long,
  MaxKey,
  MinKey,
  ObjectId,
  Timestamp,
} from 'bson';
import { field, isDoc, type Doc } from './bson-codec.ts';
import { compareDecimal, exactDecimal, parseDecimal, type Decimal } from './decimal.ts';

/** Canonical type ranks; the first byte of a key. */
export const RANK = {
  minKey: 0x01,
  emptyArray: 0x08,
  null: 0x10,
  number: 0x20,
  string: 0x30,
  object: 0x40,
  array: 0x50,
  binary: 0x60,
  objectId: 0x70,
  boolean: 0x80,
  date: 0x90,
  timestamp: 0xa0,
  regex: 0xb0,
  code: 0xc0,
  maxKey: 0xf0,
} as const;

export function rank(value: unknown): number {
  switch (typeof value) {
    case 'number':
    case 'bigint':
      return RANK.number;
    case 'string':
      return RANK.string;
    case 'boolean':
      return RANK.boolean;
    case 'object':
      break;
    default:
      return RANK.null;
  }
  if (value === null) return RANK.null;
  if (Array.isArray(value)) return RANK.array;
  if (value instanceof Date) return RANK.date;
  if (value instanceof ObjectId) return RANK.objectId;
  if (isDoc(value)) return RANK.object;
  return rankOfClass(value);
}

function rankOfClass(value: object): number {
  if (value instanceof Double || value instanceof Decimal128 || value instanceof Int32) return RANK.number;
  if (value instanceof Timestamp) return RANK.timestamp;
  if (value instanceof Long) return RANK.number;
  if (value instanceof Binary || value instanceof Uint8Array) return RANK.binary;
  if (value instanceof BSONRegExp || value instanceof RegExp) return RANK.regex;
  if (value instanceof MinKey) return RANK.minKey;
  if (value instanceof MaxKey) return RANK.maxKey;
  if (value instanceof BSONSymbol) return RANK.string;
  if (value instanceof Code) return RANK.code;
  return RANK.object;
}

const isPlainNumber = (v: unknown): v is number | bigint => typeof v === 'number' || typeof v === 'bigint';

/** Plain number of a numeric value; Decimal128 stays. */
export function numeric(value: unknown): number | bigint | Decimal128 {
  if (isPlainNumber(value) || value instanceof Decimal128) return value;
  if (value instanceof Double || value instanceof Int32) return value.value;
  return (value as Long).toBigInt();
}

function compareNumbers(left: unknown, right: unknown): number {
  const a = numeric(left);
  const b = numeric(right);
  if (isPlainNumber(a) && isPlainNumber(b)) {
    if (a < b) return -1;
    if (a > b) return 1;
    const [x, y] = [Number.isNaN(Number(a)), Number.isNaN(Number(b))];
    return x === y ? 0 : x ? -1 : 1;
  }
  return Buffer.compare(numberKey(a), numberKey(b));
}

/** Order of strings as of their UTF-8 bytes. */
function compareStrings(a: string, b: string): number {
  if (a === b) return 0;
  const n = Math.min(a.length, b.length);
  for (let i = 0; i < n; i++) {
    let x = a.charCodeAt(i);
    let y = b.charCodeAt(i);
    if (x === y) continue;
    // surrogates stand for code points above U+FFFF
    if (x >= 0xd800 && x <= 0xdfff) x += 0x10000;
    if (y >= 0xd800 && y <= 0xdfff) y += 0x10000;
    return x < y ? -1 : 1;
  }
  return a.length < b.length ? -1 : 1;
}

function compareDocs(a: Doc, b: Doc): number {
  const ka = Object.keys(a);
  const kb = Object.keys(b);
  for (let i = 0; i < ka.length && i < kb.length; i++) {
    const x = field(a, ka[i] as string);
    const y = field(b, kb[i] as string);
    const c = rank(x) - rank(y) || compareStrings(ka[i] as string, kb[i] as string) || compare(x, y);
    if (c) return c;
  }
  return ka.length - kb.length;
}

function compareArrays(a: unknown[], b: unknown[]): number {
  for (let i = 0; i < a.length && i < b.length; i++) {
    const c = compare(a[i], b[i]);
    if (c) return c;
  }
  return a.length - b.length;
}

/** BSON's order: negative, zero or positive. undefined counts as null. */
export function compare(a: unknown, b: unknown): number {
  if (a === b) return 0;
  const ra = rank(a);
  const rb = rank(b);
  if (ra !== rb) return ra < rb ? -1 : 1;
  switch (ra) {
    case RANK.number:
      return compareNumbers(a, b);
    case RANK.string:
      return compareStrings(text(a), text(b));
    case RANK.array:
      return compareArrays(a as unknown[], b as unknown[]);
    case RANK.date:
      return (a as Date).getTime() - (b as Date).getTime();
    case RANK.boolean:
      return a === true ? 1 : -1;
    case RANK.object:
      if (isDoc(a) && isDoc(b)) return compareDocs(a, b);
      break;
    default:
  }
  return Buffer.compare(encodeKey(a), encodeKey(b));
}

const text = (v: unknown): string => (typeof v === 'string' ? v : (v as BSONSymbol).valueOf());

const NORMAL_DIGITS = 36;

/** Normal form of a non-zero decimal: biased exponent of its first digit, then its digits; sign by complement. */
function normalForm({ coefficient, exponent }: Decimal): Buffer {
  const negative = coefficient < 0n;
  const digits = (negative ? -coefficient : coefficient).toString();
  const out = Buffer.alloc(2 + NORMAL_DIGITS, 0x30);
  out.writeUInt16BE(exponent + digits.length + 0x4000);
  out.write(digits, 2, Math.min(digits.length, NORMAL_DIGITS), 'latin1');
  return negative ? complement(out) : out;
}

const complement = (bytes: Buffer): Buffer => bytes.map((b) => b ^ 0xff) as Buffer;

function doubleBits(n: number): Buffer {
  const out = Buffer.allocUnsafe(9);
  out.writeDoubleBE(n === 0 ? 0 : n);
  if ((out[0] as number) & 0x80) for (let i = 0; i < 8; i++) out[i] = (out[i] as number) ^ 0xff;
  else out[0] = (out[0] as number) ^ 0x80;
  out[8] = 0;
  return out;
}

/** Next double towards minus infinity. */
function nextDown(n: number): number {
  if (n === 0) return -Number.MIN_VALUE;
  const view = new DataView(new ArrayBuffer(8));
  view.setFloat64(0, n);
  view.setBigInt64(0, view.getBigInt64(0) + (n > 0 ? -1n : 1n));
  return view.getFloat64(0);
}

/** Key of an exact decimal that need not be a double: the double below it, then its normal form. */
function inexactKey(value: Decimal, nearest: number): Buffer {
  let floor = nearest;
  if (Number.isFinite(nearest)) {
    const c = compareDecimal(value, exactDecimal(nearest));
    if (c === 0) return doubleBits(nearest);
    if (c < 0) floor = nextDown(nearest);
  } else if (nearest > 0) floor = Number.MAX_VALUE;
  const bits = doubleBits(floor);
  bits[8] = 1;
  return Buffer.concat([bits, normalForm(value)]);
}

function numberKey(value: number | bigint | Decimal128): Buffer {
  if (typeof value === 'number') return Number.isNaN(value) ? Buffer.alloc(9) : doubleBits(value);
  if (typeof value === 'bigint') {
    const n = Number(value);
    return Number.isSafeInteger(n) ? doubleBits(n) : inexactKey({ coefficient: value, exponent: 0 }, n);
  }
  const parsed = parseDecimal(value);
  if (typeof parsed === 'string') return parsed === 'NaN' ? Buffer.alloc(9) : doubleBits(Number(parsed));
  return parsed.coefficient === 0n ? doubleBits(0) : inexactKey(parsed, Number(value.toString()));
}

const TERMINATOR = Buffer.from([0, 0]);

/** UTF-8 bytes, zero bytes escaped, ended by two zeros. */
function stringKey(s: string): Buffer {
  if (!s.includes('\0')) return Buffer.from(s + '\0\0', 'utf8');
  const out: number[] = [];
  for (const byte of Buffer.from(s, 'utf8')) out.push(...(byte === 0 ? [0, 0xff] : [byte]));
  return Buffer.concat([Buffer.from(out), TERMINATOR]);
}

function uint64Key(n: bigint): Buffer {
  const out = Buffer.allocUnsafe(8);
  out.writeBigUInt64BE(BigInt.asUintN(64, n));
  return out;
}

function docKey(doc: Doc): Buffer {
  const parts: Buffer[] = [];
  for (const key of Object.keys(doc)) {
    const value = field(doc, key);
    parts.push(Buffer.from([rank(value)]), stringKey(key), encodeKey(value));
  }
  parts.push(Buffer.alloc(1));
  return Buffer.concat(parts);
}

function binaryKey(value: Binary | Uint8Array): Buffer {
  const bytes = value instanceof Binary ? value.buffer.subarray(0, value.position) : value;
  const head = Buffer.alloc(5);
  head.writeUInt32BE(bytes.length);
  head[4] = value instanceof Binary ? value.sub_type : 0;
  return Buffer.concat([head, bytes]);
}

function objectKey(value: unknown): Buffer {
  if (value instanceof DBRef) return docKey(value.toJSON());
  return docKey(value as Doc);
}

function body(value: unknown, r: number): Buffer {
  switch (r) {
    case RANK.number:
      return numberKey(numeric(value));
    case RANK.string:
      return stringKey(text(value));
    case RANK.object:
      return objectKey(value);
    case RANK.array:
      return Buffer.concat([...(value as unknown[]).map(encodeKey), Buffer.alloc(1)]);
    case RANK.binary:
      return binaryKey(value as Binary);
    case RANK.objectId:
      return Buffer.from((value as ObjectId).id);
    case RANK.boolean:
      return Buffer.from([value === true ? 1 : 0]);
    case RANK.date:
      return uint64Key(BigInt((value as Date).getTime()) ^ (1n << 63n));
    case RANK.timestamp:
      return uint64Key((value as Timestamp).toBigInt());
    case RANK.regex: {
      const re = value as BSONRegExp;
      return Buffer.concat([stringKey(re.pattern), stringKey(re.options)]);
    }
    case RANK.code:
      return stringKey((value as Code).code);
    default:
      return Buffer.alloc(0);
  }
}

/** Order-preserving, prefix-free key of a value. */
export function encodeKey(value: unknown): Buffer {
  const r = rank(value);
  return Buffer.concat([Buffer.from([r]), body(value, r)]);
}

/** Key component of an index: complemented when the index is descending there. */
export function componentKey(value: unknown, descending: boolean): Buffer {
  const key = encodeKey(value);
  return descending ? complement(key) : key;
}

/** Key of an empty array in an index or a sort: before null. */
export function emptyArrayKey(descending: boolean): Buffer {
  const key = Buffer.from([RANK.emptyArray]);
  return descending ? complement(key) : key;
}

/** Conditions on one value: the operators of a query on a field. */
import { Binary, BSONRegExp, Decimal128, Double, MaxKey, MinKey, ObjectId, Timestamp, Code } from 'bson';
import { isDoc, type Doc } from './bson-codec.ts';
import { compare, encodeKey, numeric, rank, RANK } from './bson-order.ts';
import { MongoError } from './errors.ts';

export type Leaf = (value: unknown) => boolean;

const bad = (message: string): MongoError => new MongoError(2, message);

const isNaNValue = (v: unknown): boolean =>
  (typeof v === 'number' && Number.isNaN(v)) || (v instanceof Decimal128 && v.toString() === 'NaN');

/** Equality as queries see it: null also matches missing. */
export function equalTo(operand: unknown): Leaf {
  if (operand === null || operand === undefined) return (v) => v === undefined || v === null;
  if (operand instanceof ObjectId) return (v) => v instanceof ObjectId && v.equals(operand);
  if (typeof operand === 'string' || typeof operand === 'boolean') return (v) => v === operand;
  return (v) => v !== undefined && compare(v, operand) === 0;
}

/** $gt, $gte, $lt, $lte: only values of the operand's type compare. */
export function comparison(op: string, operand: unknown): Leaf {
  const r = rank(operand);
  const orEqual = op === '$gte' || op === '$lte';
  if (r === RANK.null) return orEqual ? equalTo(null) : () => false;
  if (r === RANK.regex) throw bad(`Can't have RegEx as arg to predicate over field`);
  if (isNaNValue(operand)) return (v) => orEqual && isNaNValue(v);
  const anyType = r === RANK.minKey || r === RANK.maxKey;
  const wants = op === '$gt' || op === '$gte' ? 1 : -1;
  return (v) => {
    if (v === undefined || isNaNValue(v) || (!anyType && rank(v) !== r)) return false;
    const c = compare(v, operand);
    return c === 0 ? orEqual : c > 0 === wants > 0;
  };
}

function stripExtended(pattern: string): string {
  return pattern.replace(/\\.|\[(?:\\.|[^\]])*\]|\s+|#.*$/gm, (m) => (/^(\s|#)/.test(m) ? '' : m));
}

/** A JavaScript RegExp of a BSON regular expression (Perl flags i, m, s, x, u; leading inline flags). */
function toRegExp(pattern: string, options: string): RegExp {
  let source = pattern;
  let flags = options;
  const inline = /^\(\?([imsx]+)\)/.exec(source);
  if (inline) {
    source = source.slice(inline[0].length);
    flags += inline[1] ?? '';
  }
  for (const flag of flags)
    if (!'imsxug'.includes(flag)) throw new MongoError(51108, `invalid flag in regex options: ${flag}`);
  if (flags.includes('x')) source = stripExtended(source);
  const js = [...new Set(flags)].filter((f) => 'ims'.includes(f)).join('');
  try {
    return compileRegExp(source, js);
  } catch (error) {
    throw new MongoError(51091, `Regular expression is invalid: ${(error as Error).message}`);
  }
}

function compileRegExp(source: string, flags: string): RegExp {
  try {
    return new RegExp(source, flags + 'u');
  } catch {
    return new RegExp(source, flags);
  }
}

export function regexLeaf(operand: unknown, options: unknown): Leaf {
  let re: RegExp;
  let pattern: string;
  if (operand instanceof BSONRegExp) {
    pattern = operand.pattern;
    re = toRegExp(pattern, typeof options === 'string' ? options : operand.options);
  } else if (typeof operand === 'string') {
    pattern = operand;
    re = toRegExp(pattern, typeof options === 'string' ? options : '');
  } else throw bad('$regex has to be a string');
  return (v) => (typeof v === 'string' ? re.test(v) : v instanceof BSONRegExp && v.pattern === pattern);
}

export function inLeaf(operand: unknown): Leaf {
  if (!Array.isArray(operand)) throw bad('$in needs an array');
  const keys = new Set<string>();
  const regexes: Leaf[] = [];
  let hasNull = false;
  for (const item of operand as unknown[]) {
    if (item instanceof BSONRegExp) regexes.push(regexLeaf(item, undefined));
    else if (item === null || item === undefined) hasNull = true;
    else if (isDoc(item) && Object.keys(item)[0]?.startsWith('$')) throw bad('cannot nest $ under $in');
    else keys.add(encodeKey(item).toString('latin1'));
  }
  return (v) => {
    if (v === undefined || v === null) return hasNull;
    return keys.has(encodeKey(v).toString('latin1')) || regexes.some((re) => re(v));
  };
}

function integer(v: unknown): number | undefined {
  if (rank(v) !== RANK.number) return undefined;
  const n = Number(numeric(v).toString());
  return Number.isFinite(n) ? Math.trunc(n) : undefined;
}

export function modLeaf(operand: unknown): Leaf {
  if (!Array.isArray(operand)) throw bad('malformed mod, needs to be an array');
  if (operand.length < 2) throw bad('malformed mod, not enough elements');
  if (operand.length > 2) throw bad('malformed mod, too many elements');
  const divisor = integer(operand[0]);
  const remainder = integer(operand[1]);
  if (divisor === undefined || remainder === undefined) throw bad('malformed mod, divisor not a number');
  if (divisor === 0) throw bad('divisor cannot be 0');
  return (v) => {
    const n = integer(v);
    return n !== undefined && n % divisor === remainder;
  };
}

const TYPE_NAMES: Record<string, number> = {
  double: 1,
  string: 2,
  object: 3,
  array: 4,
  binData: 5,
  undefined: 6,
  objectId: 7,
  bool: 8,
  date: 9,
  null: 10,
  regex: 11,
  javascript: 13,
  symbol: 14,
  int: 16,
  timestamp: 17,
  long: 18,
  decimal: 19,
  minKey: -1,
  maxKey: 127,
};

/** BSON type number of a value; 0 when missing. */
export function typeNumber(v: unknown): number {
  if (v === undefined) return 0;
  if (typeof v === 'number')
    return Number.isInteger(v) && Math.abs(v) <= 0x80000000 && v !== 0x80000000 && !Object.is(v, -0) ? 16 : 1;
  if (typeof v === 'bigint') return 18;
  if (typeof v === 'string') return 2;
  if (typeof v === 'boolean') return 8;
  if (v === null) return 10;
  if (Array.isArray(v)) return 4;
  if (v instanceof Date) return 9;
  if (v instanceof ObjectId) return 7;
  if (v instanceof Double) return 1;
  if (v instanceof Decimal128) return 19;
  if (v instanceof Timestamp) return 17;
  if (v instanceof Binary) return 5;
  if (v instanceof BSONRegExp) return 11;
  if (v instanceof Code) return 13;
  if (v instanceof MinKey) return -1;
  if (v instanceof MaxKey) return 127;
  return 3;
}

/** Type numbers an operand of $type names. */
export function typeSet(operand: unknown): Set<number> {
  const out = new Set<number>();
  for (const item of Array.isArray(operand) ? (operand as unknown[]) : [operand]) {
    if (item === 'number') [1, 16, 18, 19].forEach((n) => out.add(n));
    else if (typeof item === 'string') {
      const n = TYPE_NAMES[item];
      if (n === undefined) throw bad(`Unknown type name alias: ${item}`);
      out.add(n);
    } else {
      const n = integer(item);
      if (n === undefined || !Object.values(TYPE_NAMES).includes(n))
        throw bad(`Invalid numerical type code: ${String(item)}`);
      out.add(n);
    }
  }
  return out;
}

function bitPositions(operand: unknown): bigint[] {
  if (Array.isArray(operand))
    return (operand as unknown[]).map((p) => {
      const n = integer(p);
      if (n === undefined || n < 0) throw bad('bit positions must be non-negative integers');
      return BigInt(n);
    });
  let mask: bigint;
  if (operand instanceof Binary) mask = bytesToInt(operand);
  else {
    const n = integer(operand);
    if (n === undefined || n < 0) throw bad('bit mask must be a non-negative integer');
    mask = BigInt(n);
  }
  const out: bigint[] = [];
  for (let bit = 0n; mask >> bit > 0n; bit++) if ((mask >> bit) & 1n) out.push(bit);
  return out;
}

const bytesToInt = (b: Binary): bigint =>
  b.buffer.subarray(0, b.position).reduceRight((sum, byte) => (sum << 8n) | BigInt(byte), 0n);

/** $bitsAllSet, $bitsAnySet, $bitsAllClear, $bitsAnyClear. */
export function bitsLeaf(op: string, operand: unknown): Leaf {
  const bits = bitPositions(operand);
  const set = op.endsWith('Set');
  const all = op.startsWith('$bitsAll');
  return (v) => {
    let n: bigint;
    if (v instanceof Binary) n = bytesToInt(v);
    else {
      if (rank(v) !== RANK.number || !Number.isInteger(Number(numeric(v).toString()))) return false;
      const plain = numeric(v);
      n = typeof plain === 'bigint' ? plain : BigInt(Number(plain.toString()));
    }
    const test = (bit: bigint): boolean => ((n >> bit) & 1n) === (set ? 1n : 0n);
    return all ? bits.every(test) : bits.some(test);
  };
}

/** True if the operand is a document of operators ({$gt: …}) rather than a value. */
export function isOperatorDoc(value: unknown): value is Doc {
  if (!isDoc(value)) return false;
  const first = Object.keys(value)[0];
  return first !== undefined && first.startsWith('$') && !['$ref', '$id', '$db'].includes(first);
}

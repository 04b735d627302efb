/** What each update operator does to the value at one path. */
import { Decimal128, Double, Timestamp } from 'bson';
import { clone, isDoc, type Doc } from './bson-codec.ts';
import { compare, numeric, rank, RANK } from './bson-order.ts';
import { addDecimal, asDecimal, multiplyDecimal, toDecimal128 } from './decimal.ts';
import { MongoError } from './errors.ts';
import { compileMatch } from './match.ts';
import { isOperatorDoc } from './match-leaf.ts';
import { sortBy } from './paths.ts';
import { parseSort } from './sort-spec.ts';

/** New value for an old one; `undefined` means missing. `KEEP` leaves things as they are. */
export const KEEP = Symbol('keep');
export type Operator = (current: unknown, operand: unknown, path: string, now: Date) => unknown;

const mismatch = (message: string): MongoError => new MongoError(14, message);
const isNumber = (v: unknown): boolean => rank(v) === RANK.number;
const INT32 = 0x7fffffff;
const isInt32 = (n: number): boolean => Number.isInteger(n) && n <= INT32 && n >= -INT32 - 1;
const isDouble = (v: unknown): boolean => v instanceof Double || (typeof v === 'number' && !isInt32(v));

const asDouble = (n: number): unknown => (isInt32(n) && !Object.is(n, -0) ? new Double(n) : n);

function asInteger(n: bigint, long: boolean): unknown {
  if (BigInt.asIntN(64, n) !== n) throw new MongoError(2, 'Failed to apply arithmetic: integer overflow');
  return !long && n <= BigInt(INT32) && n >= -BigInt(INT32) - 1n ? Number(n) : n;
}

/** Sum or product with MongoDB's type promotion: int < long < double < decimal. */
function arithmetic(a: unknown, b: unknown, times: boolean): unknown {
  if (a instanceof Decimal128 || b instanceof Decimal128) {
    const x = asDecimal(a);
    const y = asDecimal(b);
    if (typeof x === 'string' || typeof y === 'string') {
      const sum = times
        ? Number(String(numeric(a))) * Number(String(numeric(b)))
        : Number(String(numeric(a))) + Number(String(numeric(b)));
      return Decimal128.fromString(String(sum));
    }
    return toDecimal128(times ? multiplyDecimal(x, y) : addDecimal(x, y));
  }
  if (isDouble(a) || isDouble(b)) {
    const x = Number(numeric(a));
    const y = Number(numeric(b));
    return asDouble(times ? x * y : x + y);
  }
  const x = BigInt(numeric(a) as number | bigint);
  const y = BigInt(numeric(b) as number | bigint);
  return asInteger(times ? x * y : x + y, typeof a === 'bigint' || typeof b === 'bigint');
}

function needNumbers(name: string, current: unknown, operand: unknown, path: string): void {
  if (!isNumber(operand))
    throw mismatch(`Cannot ${name} with non-numeric argument: {${path}: ${JSON.stringify(operand)}}`);
  if (current !== undefined && !isNumber(current)) {
    throw mismatch(
      `Cannot apply $${name === 'increment' ? 'inc' : 'mul'} to a value of non-numeric type. {${path}: ${JSON.stringify(current)}}`,
    );
  }
}

const $inc: Operator = (current, operand, path) => {
  needNumbers('increment', current, operand, path);
  return current === undefined ? operand : arithmetic(current, operand, false);
};

const $mul: Operator = (current, operand, path) => {
  needNumbers('multiply', current, operand, path);
  return arithmetic(
    current ?? 0,
    current === undefined ? arithmetic(operand, 0, true) : operand,
    current !== undefined,
  );
};

const $min: Operator = (current, operand) =>
  current === undefined || compare(operand, current) < 0 ? operand : KEEP;
const $max: Operator = (current, operand) =>
  current === undefined || compare(operand, current) > 0 ? operand : KEEP;

const $currentDate: Operator = (_current, operand, path, now) => {
  if (operand === true || operand === false) return now;
  const type = isDoc(operand) ? operand['$type'] : undefined;
  if (type === 'date') return now;
  if (type === 'timestamp') return new Timestamp({ t: Math.floor(now.getTime() / 1000), i: 1 });
  throw new MongoError(2, `${path}: $currentDate takes true or {$type: 'date' | 'timestamp'}`);
};

function bitOf(name: string, current: bigint, mask: bigint): bigint {
  if (name === 'and') return current & mask;
  if (name === 'or') return current | mask;
  if (name === 'xor') return current ^ mask;
  throw new MongoError(2, `The $bit modifier only supports 'and', 'or', and 'xor', not '${name}'`);
}

const isInteger = (v: unknown): v is number | bigint =>
  (typeof v === 'number' && isInt32(v)) || typeof v === 'bigint';

const $bit: Operator = (current, operand, path) => {
  if (!isDoc(operand))
    throw new MongoError(2, `The $bit modifier is not compatible with a ${typeof operand}`);
  const start = current ?? 0;
  if (!isInteger(start))
    throw new MongoError(2, `Cannot apply $bit to a value of non-integral type. ${path}`);
  let value = BigInt(start);
  let long = typeof start === 'bigint';
  for (const name of Object.keys(operand)) {
    const mask = operand[name];
    if (!isInteger(mask)) throw new MongoError(2, `The $bit modifier field must be an Integer(32/64 bit)`);
    long ||= typeof mask === 'bigint';
    value = bitOf(name, value, BigInt(mask));
  }
  return asInteger(value, long);
};

function arrayFor(name: string, current: unknown, path: string): unknown[] {
  if (current === undefined) return [];
  if (!Array.isArray(current))
    throw new MongoError(
      2,
      `The field '${path}' must be an array but is of type ${typeof current} (${name})`,
    );
  return [...(current as unknown[])];
}

function pushSort(list: unknown[], spec: unknown): unknown[] {
  if (isDoc(spec)) return sortBy(list, parseSort(spec), (v) => (isDoc(v) ? v : {}));
  const n = Number(spec);
  if (n !== 1 && n !== -1) throw new MongoError(2, 'The $sort element value must be either 1 or -1');
  return list.sort((a, b) => compare(a, b) * n);
}

function intOption(spec: Doc, name: string): number | undefined {
  if (!(name in spec)) return undefined;
  const n = Number(spec[name]);
  if (!Number.isInteger(n)) throw new MongoError(2, `The value for ${name} must be an integer value`);
  return n;
}

const PUSH_OPTIONS = new Set(['$each', '$position', '$slice', '$sort']);

const $push: Operator = (current, operand, path) => {
  let list = arrayFor('$push', current, path);
  if (!isDoc(operand) || !('$each' in operand)) return [...list, operand];
  for (const key of Object.keys(operand))
    if (!PUSH_OPTIONS.has(key)) throw new MongoError(2, `Unrecognized clause in $push: ${key}`);
  if (!Array.isArray(operand['$each']))
    throw new MongoError(2, 'The argument to $each in $push must be an array');
  const each = operand['$each'] as unknown[];
  const position = intOption(operand, '$position');
  const at =
    position === undefined ? list.length : position < 0 ? Math.max(0, list.length + position) : position;
  list.splice(at, 0, ...each);
  if ('$sort' in operand) list = pushSort(list, operand['$sort']);
  const slice = intOption(operand, '$slice');
  if (slice !== undefined) list = slice < 0 ? list.slice(slice) : list.slice(0, slice);
  return list;
};

const $addToSet: Operator = (current, operand, path) => {
  const list = arrayFor('$addToSet', current, path);
  const before = list.length;
  const each = isDoc(operand) && '$each' in operand ? operand['$each'] : [operand];
  if (!Array.isArray(each)) throw mismatch('The argument to $each in $addToSet must be an array');
  for (const item of each as unknown[]) if (!list.some((v) => compare(v, item) === 0)) list.push(item);
  return list.length === before && current !== undefined ? KEEP : list;
};

const $pop: Operator = (current, operand, path) => {
  const n = Number(operand);
  if (n !== 1 && n !== -1) throw new MongoError(9, `$pop expects 1 or -1, found: ${String(operand)}`);
  if (current === undefined) return KEEP;
  if (!Array.isArray(current))
    throw mismatch(`Path '${path}' contains an element of non-array type '${typeof current}'`);
  return n === 1 ? current.slice(0, -1) : current.slice(1);
};

function pullTest(operand: unknown): (value: unknown) => boolean {
  if (isOperatorDoc(operand)) {
    const test = compileMatch({ v: operand });
    return (value) => test({ v: value });
  }
  if (isDoc(operand)) {
    const test = compileMatch(operand);
    return (value) => isDoc(value) && test(value);
  }
  const test = compileMatch({ v: operand });
  return (value) => test({ v: Array.isArray(value) && !Array.isArray(operand) ? [value] : value });
}

function filtered(name: string, current: unknown, path: string, drop: (v: unknown) => boolean): unknown {
  if (current === undefined) return KEEP;
  if (!Array.isArray(current))
    throw new MongoError(2, `Cannot apply ${name} to a non-array value at '${path}'`);
  const kept = current.filter((v: unknown) => !drop(v));
  return kept.length === current.length ? KEEP : kept;
}

const $pull: Operator = (current, operand, path) => filtered('$pull', current, path, pullTest(operand));

const $pullAll: Operator = (current, operand, path) => {
  if (!Array.isArray(operand)) throw new MongoError(2, '$pullAll requires an array argument');
  return filtered('$pullAll', current, path, (v) => operand.some((x: unknown) => compare(x, v) === 0));
};

const set: Operator = (_current, operand) => clone(operand);

/** Operators that turn the value at a path into another one; $unset and $rename are handled by their caller. */
export const OPERATORS: Readonly<Record<string, Operator>> = {
  $set: set,
  $setOnInsert: set,
  $inc,
  $mul,
  $min,
  $max,
  $currentDate,
  $bit,
  $push,
  $addToSet,
  $pop,
  $pull,
  $pullAll,
};

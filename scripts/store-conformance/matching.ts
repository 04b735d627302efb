/** Matching of expected against actual values, with the unified format's special operators. */
import { EJSON } from 'bson';
import type { Entities } from './entities.ts';
import { Mismatch, Unsupported, type Json } from './types.ts';

const isPlain = (v: unknown): v is Json =>
  v !== null &&
  typeof v === 'object' &&
  !Array.isArray(v) &&
  !('_bsontype' in v) &&
  !(v instanceof Date) &&
  !(v instanceof Uint8Array);

const shown = (v: unknown): string => (EJSON.stringify(v) ?? 'undefined').slice(0, 300);

function numberOf(v: unknown): number | undefined {
  if (typeof v === 'number' || typeof v === 'bigint') return Number(v);
  const type = (v as { _bsontype?: string } | null)?._bsontype;
  return type === 'Int32' || type === 'Long' || type === 'Double' ? Number(String(v)) : undefined;
}

const TYPES: Record<string, (v: unknown) => boolean> = {
  string: (v) => typeof v === 'string',
  int: (v) => Number.isInteger(numberOf(v)),
  long: (v) => Number.isInteger(numberOf(v)),
  double: (v) => numberOf(v) !== undefined,
  number: (v) => numberOf(v) !== undefined,
  bool: (v) => typeof v === 'boolean',
  object: isPlain,
  array: Array.isArray,
  date: (v) => v instanceof Date,
  objectId: (v) => (v as { _bsontype?: string } | null)?._bsontype === 'ObjectId',
  binData: (v) => v instanceof Uint8Array || (v as { _bsontype?: string } | null)?._bsontype === 'Binary',
};

function special(
  operator: string,
  operand: unknown,
  actual: unknown,
  entities: Entities,
  path: string,
  root: boolean,
): void {
  switch (operator) {
    case '$$exists':
      if ((actual !== undefined) !== operand)
        throw new Mismatch(`${path}: exists ${String(actual !== undefined)}`);
      return;
    case '$$unsetOrMatches':
      if (actual !== undefined && actual !== null) matchValue(operand, actual, entities, path, root);
      return;
    case '$$type': {
      const types = (Array.isArray(operand) ? operand : [operand]) as string[];
      if (!types.some((t) => TYPES[t]?.(actual)))
        throw new Mismatch(`${path}: type of ${shown(actual)} is not ${types.join()}`);
      return;
    }
    case '$$sessionLsid':
      matchValue(entities.session(String(operand)).id, actual, entities, path, false);
      return;
    case '$$matchesEntity':
      matchValue(entities.result(String(operand)), actual, entities, path, false);
      return;
    case '$$lte':
      if (!(Number(actual) <= Number(operand)))
        throw new Mismatch(`${path}: ${shown(actual)} > ${shown(operand)}`);
      return;
    default:
      throw new Unsupported(`operator ${operator}`);
  }
}

function matchDocument(
  expected: Json,
  received: unknown,
  entities: Entities,
  path: string,
  root: boolean,
): void {
  // the driver sends sorts and index keys as Maps
  const actual: unknown =
    received instanceof Map ? Object.fromEntries(received as Map<string, unknown>) : received;
  if (!isPlain(actual)) throw new Mismatch(`${path}: expected ${shown(expected)}, got ${shown(actual)}`);
  for (const key of Object.keys(expected)) {
    const operand = expected[key];
    const hasSpecial = isPlain(operand) && Object.keys(operand)[0]?.startsWith('$$');
    if (!hasSpecial && actual[key] === undefined)
      throw new Mismatch(`${path}.${key}: missing, expected ${shown(operand)}`);
    matchValue(operand, actual[key], entities, `${path}.${key}`, false);
  }
  if (root) return;
  for (const key of Object.keys(actual)) {
    if (!(key in expected) && actual[key] !== undefined)
      throw new Mismatch(`${path}.${key}: unexpected ${shown(actual[key])}`);
  }
}

/** @throws Mismatch; `root` documents may have more fields than expected */
export function matchValue(
  expected: unknown,
  actual: unknown,
  entities: Entities,
  path = '',
  root = true,
): void {
  if (isPlain(expected)) {
    const [first = ''] = Object.keys(expected);
    if (first.startsWith('$$')) special(first, expected[first], actual, entities, path, root);
    else matchDocument(expected, actual, entities, path, root);
    return;
  }
  if (Array.isArray(expected)) {
    if (!Array.isArray(actual) || actual.length !== expected.length)
      throw new Mismatch(`${path}: expected ${shown(expected)}, got ${shown(actual)}`);
    expected.forEach((item, i) => {
      matchValue(item, actual[i], entities, `${path}[${String(i)}]`, root);
    });
    return;
  }
  const number = numberOf(expected);
  if (number !== undefined) {
    if (numberOf(actual) !== number)
      throw new Mismatch(`${path}: expected ${shown(expected)}, got ${shown(actual)}`);
    return;
  }
  if (shown(expected) !== shown(actual))
    throw new Mismatch(`${path}: expected ${shown(expected)}, got ${shown(actual)}`);
}

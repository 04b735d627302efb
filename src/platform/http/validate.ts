import type { TSchema } from '@sinclair/typebox';
import { Ajv, type ValidateFunction } from 'ajv';
import formats from 'ajv-formats';
import { AppError } from '../../shared/errors/index.ts';

const strict = new Ajv({ allErrors: false, useDefaults: true, strict: true, strictTypes: false });
const coercing = new Ajv({
  allErrors: false,
  useDefaults: true,
  coerceTypes: true,
  strict: true,
  strictTypes: false,
});
formats.default(strict);
formats.default(coercing);

const compiled = new WeakMap<TSchema, ValidateFunction>();

/** Field names that no body may carry, whatever its schema. */
const isForbidden = (name: string): boolean =>
  name.startsWith('$') || name === '__proto__' || name === 'constructor' || name === 'prototype';
const DEEPEST = 40;

/** Path to the first forbidden name (or to what is nested too deeply), innermost first; undefined when there is none. */
function forbiddenName(value: unknown, depth = 0): string[] | undefined {
  if (value === null || typeof value !== 'object') return undefined;
  if (depth > DEEPEST) return [];
  for (const key of Object.keys(value)) {
    if (isForbidden(key)) return [key];
    const deeper = forbiddenName((value as Record<string, unknown>)[key], depth + 1);
    if (deeper !== undefined) return [...deeper, key];
  }
  return undefined;
}

/**
 * Checks `value` against `schema` and fills its defaults in place; text is turned to numbers when `coerce` (queries, params).
 * @throws AppError platform.invalid-body with the JSON pointer of the field at fault
 */
export function validate(schema: TSchema, value: unknown, coerce = false): void {
  const path = forbiddenName(value);
  if (path !== undefined) {
    const bad = path
      .reverse()
      .map((name) => `/${name}`)
      .join('');
    throw new AppError('platform.invalid-body', {
      field: bad,
      params: { detail: `${bad}: this name is not allowed` },
    });
  }
  let check = compiled.get(schema);
  if (check === undefined) {
    check = (coerce ? coercing : strict).compile(schema);
    compiled.set(schema, check);
  }
  if (check(value)) return;
  const [first] = check.errors ?? [];
  const extra = (first?.params as { additionalProperty?: string } | undefined)?.additionalProperty;
  const field = `${first?.instancePath ?? ''}${extra === undefined ? '' : `/${extra}`}` || '/';
  throw new AppError('platform.invalid-body', {
    field,
    params: { detail: `${field} ${first?.message ?? 'is not valid'}` },
  });
}

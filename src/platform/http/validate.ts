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
function forbiddenName(value: unknown, path: string, depth = 0): string | undefined {
  if (value === null || typeof value !== 'object') return undefined;
  if (depth > 40) return path;
  for (const [key, inner] of Object.entries(value)) {
    if (key.startsWith('$') || key === '__proto__' || key === 'constructor' || key === 'prototype')
      return `${path}/${key}`;
    const deeper = forbiddenName(inner, `${path}/${key}`, depth + 1);
    if (deeper !== undefined) return deeper;
  }
  return undefined;
}

/**
 * Checks `value` against `schema` and fills its defaults in place; text is turned to numbers when `coerce` (queries, params).
 * @throws AppError platform.invalid-body with the JSON pointer of the field at fault
 */
export function validate(schema: TSchema, value: unknown, coerce = false): void {
  const bad = forbiddenName(value, '');
  if (bad !== undefined) {
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

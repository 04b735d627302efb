import type { TSchema } from '@sinclair/typebox';
import { Ajv, type ErrorObject, type ValidateFunction } from 'ajv';

const ajv = new Ajv({ allErrors: true, strict: true, strictTypes: false });
const compiled = new WeakMap<TSchema, ValidateFunction>();

/** One way in which a value does not fit its schema. */
export interface SchemaFault {
  /** JSON pointer of the field at fault. */
  path: string;
  en: string;
  zh: string;
}

/** Every way in which `value` does not fit `schema`; an empty list when it fits. Paths begin with `base`. */
export function schemaFaults(schema: TSchema, value: unknown, base = ''): SchemaFault[] {
  let check = compiled.get(schema);
  if (check === undefined) {
    check = ajv.compile(schema);
    compiled.set(schema, check);
  }
  if (check(value)) return [];
  const faults = mergeChoices(check.errors ?? []).map((error) => toFault(error, base));
  // The branches of a union repeat each other: one line a place and text is enough.
  return faults.filter((fault, index) => faults.findIndex((f) => f.en === fault.en) === index);
}

/** Several constants asked of one place are one choice; a union that failed is left out where its branches speak. */
function mergeChoices(errors: readonly ErrorObject[]): ErrorObject[] {
  const choices = new Map<string, unknown[]>();
  for (const { keyword, instancePath, params } of errors) {
    if (keyword !== 'const') continue;
    choices.set(instancePath, [
      ...(choices.get(instancePath) ?? []),
      (params as { allowedValue: unknown }).allowedValue,
    ]);
  }
  return errors.flatMap((error) => {
    const allowed = choices.get(error.instancePath);
    if (error.keyword === 'anyOf')
      return errors.some((e) => e !== error && e.instancePath.startsWith(error.instancePath)) ? [] : [error];
    if (error.keyword !== 'const' || allowed === undefined || allowed.length === 1) return [error];
    return [
      {
        ...error,
        keyword: 'enum',
        params: { allowed: allowed.map((value) => JSON.stringify(value)).join(', ') },
      },
    ];
  });
}

function toFault(error: ErrorObject, base: string): SchemaFault {
  const params = error.params as Record<string, unknown>;
  const extra = params['additionalProperty'];
  const path = `${base}${error.instancePath}${extra === undefined ? '' : `/${String(extra)}`}` || '/';
  return {
    path,
    en: `${path} ${english(error, params)}`,
    zh: `${path} ${chinese(error.keyword, params, error)}`,
  };
}

function english(error: ErrorObject, params: Record<string, unknown>): string {
  if (error.keyword === 'enum') return `must be one of ${String(params['allowed'])}`;
  if (error.keyword === 'const') return `must be ${JSON.stringify(params['allowedValue'])}`;
  if (error.keyword === 'additionalProperties') return 'is not a known field';
  return error.message ?? 'is not valid';
}

function chinese(keyword: string, params: Record<string, unknown>, error: ErrorObject): string {
  const limit = String(params['limit']);
  switch (keyword) {
    case 'required':
      return `缺少字段“${String(params['missingProperty'])}”`;
    case 'additionalProperties':
      return '不是已知字段';
    case 'type':
      return `类型应为 ${String(params['type'])}`;
    case 'enum':
      return `应为以下之一：${String(params['allowed'])}`;
    case 'const':
      return `应为 ${JSON.stringify(params['allowedValue'])}`;
    case 'pattern':
      return `格式应符合 ${String(params['pattern'])}`;
    case 'minItems':
      return `至少应有 ${limit} 项`;
    case 'maxItems':
      return `最多可有 ${limit} 项`;
    case 'minLength':
      return `至少应有 ${limit} 个字符`;
    case 'maxLength':
      return `最多可有 ${limit} 个字符`;
    case 'minimum':
      return `不能小于 ${limit}`;
    case 'maximum':
      return `不能大于 ${limit}`;
    case 'uniqueItems':
      return '有重复项';
    default:
      return error.message ?? '不合格';
  }
}

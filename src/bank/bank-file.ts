import { Type } from '@sinclair/typebox';
import { problemOf, type ErrorCode } from '../shared/errors/index.ts';
import type { ImportIssue } from './bank.contract.ts';
import {
  bankFileHead,
  ITEM_SCHEMAS,
  ITEM_TYPES,
  type BankFile,
  type BankItem,
  type ItemType,
} from './item.contract.ts';
import { judgeItem } from './item.rules.ts';
import { schemaFaults } from './schema-check.ts';
import { contentFacts, functionsOf } from './syllabus.ts';

const Head = Type.Object(
  { ...bankFileHead, items: Type.Array(Type.Unknown(), { minItems: 1, maxItems: 2000 }) },
  { additionalProperties: false },
);

/** A bank file judged as a whole: `parsed` only when there is no fault. */
export interface BankFileVerdict {
  file: string;
  /** Items in the file, valid or not. */
  items: number;
  issues: ImportIssue[];
  parsed?: BankFile;
}

/** Makes one issue of a file, with its texts from the error table. */
export function issueOf(
  file: string,
  path: string,
  code: ErrorCode,
  params: Record<string, string | number>,
  itemId?: string,
): ImportIssue {
  const { zh, en } = problemOf(code, { params });
  return { file, path, code, zh, en, message: en, ...(itemId === undefined ? {} : { itemId }) };
}

/** Issues of everything that does not fit a schema. */
export function schemaIssues(
  file: string,
  schema: Parameters<typeof schemaFaults>[0],
  value: unknown,
  base: string,
  itemId?: string,
): ImportIssue[] {
  return schemaFaults(schema, value, base).map((fault) =>
    issueOf(file, fault.path, 'bank.schema', { detail: fault.en, detailZh: fault.zh }, itemId),
  );
}

/** The name a bank file has by its own head, for reports that were given none. */
export function fileNameOf(raw: unknown): string {
  const { level, function: code } = (raw ?? {}) as { level?: unknown; function?: unknown };
  return `${typeof level === 'string' ? level : '?'}/${typeof code === 'string' ? code : '?'}.json`;
}

/** Judges a bank file by itself: shape, syllabus, options, keys, ids. Every fault of every item is reported. */
export function judgeBankFile(raw: unknown, file = fileNameOf(raw)): BankFileVerdict {
  const issues = schemaIssues(file, Head, raw, '');
  const list = (raw as { items?: unknown } | null)?.items;
  const items: unknown[] = Array.isArray(list) ? list : [];
  if (issues.length === 0) issues.push(...judgeHead(raw as BankFile, file));
  const functionCode = String((raw as { function?: unknown } | null)?.function);
  const contents = contentFacts();
  items.forEach((item, index) => {
    issues.push(...judgeOne(item, index, { file, functionCode, contents }));
  });
  issues.push(...duplicates(items, file));
  return { file, items: items.length, issues, ...(issues.length === 0 ? { parsed: raw as BankFile } : {}) };
}

function judgeHead({ level, function: code }: BankFile, file: string): ImportIssue[] {
  if (functionsOf(level).some((fn) => fn.code === code)) return [];
  return [issueOf(file, '/function', 'bank.unknown-function', { function: code, level })];
}

function judgeOne(
  item: unknown,
  index: number,
  {
    file,
    functionCode,
    contents,
  }: { file: string; functionCode: string; contents: ReturnType<typeof contentFacts> },
): ImportIssue[] {
  const path = `/items/${index}`;
  const { id, type } = (item ?? {}) as { id?: unknown; type?: unknown };
  const itemId = typeof id === 'string' ? id : undefined;
  if (!ITEM_TYPES.includes(type as ItemType)) {
    return [
      issueOf(
        file,
        `${path}/type`,
        'bank.unknown-type',
        { type: String(type), known: ITEM_TYPES.join(', ') },
        itemId,
      ),
    ];
  }
  const shape = schemaIssues(file, ITEM_SCHEMAS[type as ItemType], item, path, itemId);
  if (shape.length > 0) return shape;
  return judgeItem(item as BankItem, functionCode, contents).map((fault) =>
    issueOf(file, `${path}${fault.path}`, fault.code, fault.params, itemId),
  );
}

function duplicates(items: readonly unknown[], file: string): ImportIssue[] {
  const first = new Map<unknown, number>();
  const issues: ImportIssue[] = [];
  items.forEach((item, index) => {
    const id = (item as { id?: unknown } | null)?.id;
    if (typeof id !== 'string') return;
    const other = first.get(id);
    if (other === undefined) first.set(id, index);
    else issues.push(issueOf(file, `/items/${index}/id`, 'bank.duplicate-id', { id, other: other + 1 }, id));
  });
  return issues;
}

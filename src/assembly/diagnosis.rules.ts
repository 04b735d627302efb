import { problemOf } from '../shared/errors/index.ts';
import type { Text } from '../shared/text.ts';
import type { CellKind, QuotaIssue } from './assembly.contract.ts';
import type { Shortfall } from './program.rules.ts';
import type { TheoryTemplate } from './template.contract.ts';

/** The names of functions and contents, by code (the syllabus has them in Chinese). */
export type Names = ReadonlyMap<string, string>;

const PATHS: Partial<Record<CellKind, string>> = {
  part: '/parts',
  function: '/quotas/byFunction',
  content: '/quotas/byContent',
  difficulty: '/quotas/byDifficulty',
  overlap: '/overlap/maxBetweenForms',
};

const DIFFICULTY_NAMES: Record<string, Text> = {
  easy: { zh: '容易', en: 'easy' },
  medium: { zh: '中等', en: 'medium' },
  hard: { zh: '较难', en: 'hard' },
};

/**
 * Says in words which quotas give way and by how much: one issue a quota, for the form where it is worst.
 * Where a form is short of one difficulty, others are over by as much, because its size is fixed: such echoes are left out.
 */
export function diagnose(
  template: TheoryTemplate,
  shortfalls: readonly Shortfall[],
  names: Names,
): QuotaIssue[] {
  const worst = new Map<string, Shortfall>();
  const isEcho = (over: Shortfall): boolean =>
    over.kind !== 'overlap' &&
    over.have > over.need &&
    shortfalls.some(
      (short) => short.kind === over.kind && short.form === over.form && short.have < short.need,
    );
  for (const shortfall of shortfalls.filter((given) => !isEcho(given))) {
    const name = `${shortfall.kind} ${shortfall.code}`;
    const known = worst.get(name);
    if (known === undefined || gap(shortfall) > gap(known)) worst.set(name, shortfall);
  }
  return [...worst.values()].map((shortfall) => issueOf(template, shortfall, names));
}

const gap = ({ need, have }: Shortfall): number => Math.abs(need - have);

function issueOf(
  template: TheoryTemplate,
  { kind, code: quota, need, have }: Shortfall,
  names: Names,
): QuotaIssue {
  const code =
    kind === 'overlap'
      ? 'assembly.overlap-short'
      : have < need
        ? 'assembly.quota-short'
        : 'assembly.quota-over';
  const name = nameOf(template, kind, quota, names);
  const params = { name: name.en, nameZh: name.zh, need, have, lack: Math.abs(need - have) };
  const { zh, en } = problemOf(code, { params });
  const index = template.parts.findIndex((part) => part.id === quota);
  const path = `${PATHS[kind] ?? ''}${kind === 'part' ? `/${index}` : kind === 'overlap' ? '' : `/${quota}`}`;
  return { path, code, kind, quota, need, have, zh, en, message: en };
}

function nameOf(template: TheoryTemplate, kind: CellKind, quota: string, names: Names): Text {
  const title = names.get(quota) ?? '';
  switch (kind) {
    case 'part': {
      const part = template.parts.find(({ id }) => id === quota);
      return { zh: `题型“${part?.title.zh ?? quota}”`, en: `Part “${part?.title.en ?? quota}”` };
    }
    case 'function':
      return { zh: `职业功能 ${quota} ${title}`, en: `Function ${quota}` };
    case 'content':
      return { zh: `培训内容 ${quota} ${title}`, en: `Content ${quota}` };
    case 'difficulty':
      return { zh: `难度“${DIFFICULTY_NAMES[quota]?.zh ?? quota}”`, en: `Difficulty “${quota}”` };
    case 'overlap':
      return { zh: `第 ${quota} 份试卷之间的重复`, en: `Overlap of forms ${quota}` };
    default:
      return { zh: quota, en: quota };
  }
}

import type { PoolItem } from '../bank/item.contract.ts';
import type { Conformance, ConformanceCell } from './assembly.contract.ts';
import type { CandidateForm } from './form.contract.ts';
import { quotasOf } from './program.rules.ts';
import { FULL_MARK } from './template.rules.ts';
import type { SkillTemplate, TheoryTemplate } from './template.contract.ts';

/** A frozen paper with what is known of its items. */
export interface JudgedForm {
  paper: CandidateForm;
  chosen: readonly PoolItem[];
}

/** Counts frozen forms against their template, cell by cell, from the papers and not from what the solver said. */
export function judgeConformance(
  template: TheoryTemplate | SkillTemplate,
  forms: readonly JudgedForm[],
): Conformance {
  const cells = template.kind === 'theory' ? theoryCells(template, forms) : skillCells(template, forms);
  cells.push(
    cell(
      'points',
      '',
      FULL_MARK,
      FULL_MARK,
      forms.map(({ paper }) => sum(paper.parts.map(pointsOf))),
    ),
  );
  return { ok: cells.every(({ ok }) => ok), cells, parallel: parallelOf(forms) };
}

const sum = (values: readonly number[]): number => values.reduce((total, value) => total + value, 0);

function cell(
  kind: ConformanceCell['kind'],
  code: string,
  min: number,
  max: number,
  have: number[],
): ConformanceCell {
  return { kind, code, min, max, have, ok: have.every((count) => count >= min && count <= max) };
}

/** Points of the items of a part; of an on-site part, of its criteria. */
function pointsOf(part: CandidateForm['parts'][number]): number {
  return part.kind === 'on-site'
    ? sum(part.criteria.map((criterion) => criterion.points))
    : sum(part.items.map((item) => item.points));
}

const idsOf = (form: JudgedForm): string[] =>
  form.paper.parts.flatMap((part) => part.items.map((item) => item.itemId));

/** What is known of the items that the paper really has. */
function factsOf(form: JudgedForm): PoolItem[] {
  const known = new Map(form.chosen.map((item) => [item.itemId, item]));
  return idsOf(form).flatMap((id) => known.get(id) ?? []);
}

function theoryCells(template: TheoryTemplate, forms: readonly JudgedForm[]): ConformanceCell[] {
  const cells = quotasOf(template).map(({ kind, code, min, max, counts }) =>
    cell(
      kind,
      code,
      min,
      max,
      forms.map((form) =>
        kind === 'part' ? inPart(form, code, counts) : factsOf(form).filter(counts).length,
      ),
    ),
  );
  const pairs = forms.flatMap((a, i) =>
    forms.slice(i + 1).map((b) => idsOf(a).filter((id) => idsOf(b).includes(id)).length),
  );
  if (pairs.length > 0) cells.push(cell('overlap', '', 0, template.overlap.maxBetweenForms, pairs));
  cells.push(cell('enemies', '', 0, 0, forms.map(enemiesIn)));
  return cells;
}

/** Items of a part of the paper that are of a type the part takes, once each. */
function inPart(form: JudgedForm, partId: string, counts: (item: PoolItem) => boolean): number {
  const part = form.paper.parts.find(({ id }) => id === partId);
  const ids = new Set(part?.items.map((item) => item.itemId));
  return form.chosen.filter((item) => ids.has(item.itemId) && counts(item)).length;
}

/** Pairs of enemies that meet in a form. */
function enemiesIn(form: JudgedForm): number {
  const ids = new Set(idsOf(form));
  return factsOf(form).filter((item) => item.enemies.some((enemy) => enemy !== item.itemId && ids.has(enemy)))
    .length;
}

function skillCells(template: SkillTemplate, forms: readonly JudgedForm[]): ConformanceCell[] {
  return template.parts.flatMap((part) => {
    const points = forms.map(({ paper }) =>
      sum(paper.parts.filter(({ id }) => id === part.id).map(pointsOf)),
    );
    const cells = [cell('part', part.id, part.points, part.points, points)];
    if (part.kind === 'on-site') return cells;
    return [
      ...cells,
      ...part.scenarios.map((id) =>
        cell(
          'scenario',
          id,
          1,
          1,
          forms.map((form) => idsOf(form).filter((item) => item === id).length),
        ),
      ),
    ];
  });
}

/** Greatest difference between two forms in items of one difficulty, and of one function. */
function parallelOf(forms: readonly JudgedForm[]): Conformance['parallel'] {
  const greatest = (of: (item: PoolItem) => string): number => {
    const facts = forms.map(factsOf);
    const codes = new Set(facts.flat().map(of));
    return Math.max(
      0,
      ...[...codes].map((code) => {
        const counts = facts.map((items) => items.filter((item) => of(item) === code).length);
        return Math.max(...counts) - Math.min(...counts);
      }),
    );
  };
  return { difficulty: greatest((item) => item.difficulty), function: greatest((item) => item.function) };
}

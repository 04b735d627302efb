import { expect } from 'chai';
import fc from 'fast-check';
import { judgeTemplateFile } from '../../src/assembly/templates.service.ts';
import type { Template } from '../../src/assembly/template.contract.ts';
import { LEVELS } from '../../src/shared/levels.ts';
import { reviewTemplate, skillTemplate, theoryTemplate } from '../support/templates.ts';

/** Faults as "path code clause". */
const faults = (template: unknown): string[] =>
  judgeTemplateFile(template).map(({ path, code, clause }) =>
    [path, code, ...(clause === undefined ? [] : [clause])].join(' '),
  );
const theory = (changes: object) => ({ ...theoryTemplate('junior'), ...changes });
const skill = (changes: object) => ({ ...skillTemplate('junior'), ...changes });
const review = (changes: object) => ({ ...reviewTemplate(), ...changes });

describe('assembly: judging templates', () => {
  it('finds nothing wrong with the templates of the product', () => {
    for (const level of LEVELS) {
      expect(faults(theoryTemplate(level)), level).to.deep.equal([]);
      expect(faults(skillTemplate(level)), level).to.deep.equal([]);
    }
    expect(faults(reviewTemplate())).to.deep.equal([]);
  });

  it('asks 90 minutes of theory and skill and 15 of a review, naming clause 11.3', () => {
    expect(faults(theory({ minutes: 89 }))).to.deep.equal(['/minutes assembly.too-short 11.3']);
    expect(faults(skill({ minutes: 89 }))).to.deep.equal(['/minutes assembly.too-short 11.3']);
    expect(faults(review({ minutes: 14 }))).to.deep.equal(['/minutes assembly.review-too-short 11.3']);
    expect(faults(theory({ minutes: 90 }))).to.deep.equal([]);
    expect(faults(skill({ minutes: 90 }))).to.deep.equal([]);
    expect(faults(review({ minutes: 15 }))).to.deep.equal([]);
  });

  it('takes staffing as strict as anybody likes and never looser than 11.2', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 40 }),
        fc.integer({ min: 0, max: 12 }),
        (candidatesPerStaff, minimum) => {
          const staffing = { candidatesPerStaff, minimum };
          const looseRatio = candidatesPerStaff > 15;
          const theoryFaults = faults(theory({ staffing }));
          const skillFaults = faults(skill({ staffing }));
          expect(theoryFaults.length > 0).to.equal(looseRatio || minimum < 2);
          expect(skillFaults.length > 0).to.equal(looseRatio || minimum < 3 || minimum % 2 === 0);
          for (const fault of [...theoryFaults, ...skillFaults]) expect(fault).to.match(/ 11\.2$/);
        },
      ),
    );
  });

  it('wants an odd number of three or more examiners and panel members (11.2)', () => {
    for (let members = 0; members <= 12; members += 1) {
      const wanted =
        members < 3 ? 'assembly.too-few-judges' : members % 2 === 0 ? 'assembly.even-judges' : undefined;
      const judged = (template: { examiners?: object; panel?: object }, path: string) =>
        expect(faults(template), `${members}`).to.deep.equal(
          wanted === undefined ? [] : [`${path} ${wanted} 11.2`],
        );
      judged(skill({ examiners: { ...skillTemplate('junior').examiners, members } }), '/examiners/members');
      judged(review({ panel: { ...reviewTemplate().panel, members } }), '/panel/members');
    }
  });

  it('wants the points of theory parts, skill parts and criteria to sum to what they should', () => {
    const { parts } = theoryTemplate('junior');
    fc.assert(
      fc.property(
        fc.array(fc.integer({ min: 1, max: 8 }), { minLength: parts.length, maxLength: parts.length }),
        (points) => {
          const changed = parts.map((part, i) => ({ ...part, pointsEach: points[i] ?? 1 }));
          const total = changed.reduce((sum, part) => sum + part.count * part.pointsEach, 0);
          expect(faults(theory({ parts: changed }))).to.deep.equal(
            total === 100 ? [] : ['/parts assembly.points-not-100'],
          );
        },
      ),
    );
    const onSite = skillTemplate('junior').parts.map((part) =>
      part.kind === 'on-site' ? { ...part, points: 41 } : part,
    );
    expect(faults(skill({ parts: onSite }))).to.deep.equal([
      '/parts assembly.points-not-100',
      '/parts/1/criteria assembly.criteria-points',
    ]);
    expect(faults(review({ criteria: reviewTemplate().criteria.slice(1) }))).to.deep.equal([
      '/criteria assembly.criteria-points',
    ]);
  });

  const quotas = theoryTemplate('junior').quotas;
  const parts = theoryTemplate('junior').parts;
  const BROKEN: [what: string, template: unknown, wanted: string[]][] = [
    ['an unknown kind', theory({ kind: 'oral' }), ['/kind assembly.unknown-kind']],
    ['nothing at all', null, ['/kind assembly.unknown-kind']],
    ['a field too many', theory({ secret: 1 }), ['/secret assembly.schema']],
    ['a level that is none', theory({ level: 'expert' }), ['/level assembly.schema']],
    [
      'an unknown function',
      theory({ quotas: { ...quotas, byFunction: { B1: { min: 1, max: 2 } } } }),
      ['/quotas/byFunction/B1 assembly.unknown-code'],
    ],
    [
      'an unknown content',
      theory({ quotas: { byContent: { 'A9.1': { min: 1, max: 2 } } } }),
      ['/quotas/byContent/A9.1 assembly.unknown-code'],
    ],
    [
      'a range turned round',
      theory({ quotas: { byDifficulty: { easy: { min: 9, max: 8 } } } }),
      ['/quotas/byDifficulty/easy assembly.range-turned'],
    ],
    [
      'quotas for more items than there are',
      theory({ quotas: { byDifficulty: { easy: { min: 30, max: 40 }, hard: { min: 11, max: 20 } } } }),
      ['/quotas/byDifficulty assembly.quotas-over'],
    ],
    [
      'quotas for fewer items than there are',
      theory({
        quotas: {
          byDifficulty: { easy: { min: 0, max: 9 }, medium: { min: 0, max: 20 }, hard: { min: 0, max: 10 } },
        },
      }),
      ['/quotas/byDifficulty assembly.quotas-under'],
    ],
    [
      'a type in two parts',
      theory({
        parts: parts.map((part, i) => (i === 1 ? { ...part, types: ['multiple', 'single'] } : part)),
      }),
      ['/parts assembly.twice'],
    ],
    [
      'a part named twice',
      theory({ parts: parts.map((part, i) => (i === 1 ? { ...part, id: 'single' } : part)) }),
      ['/parts assembly.twice'],
    ],
    ['warnings that rise', theory({ warnings: [5, 15, 1] }), ['/warnings assembly.warnings-broken']],
    ['a warning before the start', theory({ warnings: [90] }), ['/warnings assembly.warnings-broken']],
    [
      'hand-in before the end of late entry',
      theory({ lateEntryMinutes: 30, earliestHandInMinutes: 15 }),
      ['/earliestHandInMinutes assembly.hand-in-before-late-entry'],
    ],
    [
      'a window shorter than the test',
      theory({ longestMinutes: 89 }),
      ['/longestMinutes assembly.window-too-short'],
    ],
    [
      'a statement longer than the review',
      review({ statementMinutes: 40 }),
      ['/statementMinutes assembly.minutes-do-not-fit'],
    ],
    [
      'descriptors with a gap',
      review({
        criteria: reviewTemplate().criteria.map((c, i) =>
          i === 0 ? { ...c, descriptors: c.descriptors.slice(1) } : c,
        ),
      }),
      ['/criteria/0/descriptors assembly.descriptors-broken'],
    ],
  ];
  for (const [what, template, wanted] of BROKEN) {
    it(`refuses ${what}`, () => {
      expect(faults(template)).to.deep.equal(wanted);
    });
  }

  it('says what is wrong in both languages', () => {
    const [issue] = judgeTemplateFile(theory({ minutes: 89 }) satisfies Template);
    expect(issue?.zh).to.contain('不少于 90 分钟（11.3）').and.contain('89');
    expect(issue?.en).to.contain('90 minutes or more (11.3)').and.contain('89');
  });
});

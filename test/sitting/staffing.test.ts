import { expect } from 'chai';
import fc from 'fast-check';
import { countingStaff, judgeStaffing, staffNeeded } from '../../src/sitting/staffing.rules.ts';

/** Clause 11.2 written out by hand, apart from the rule: last candidate of each band and the staff that band needs. */
const THEORY = [
  [30, 2],
  [45, 3],
  [60, 4],
  [75, 5],
  [90, 6],
  [105, 7],
  [120, 8],
] as const;
const SKILL = [
  [45, 3],
  [75, 5],
  [105, 7],
  [120, 9],
] as const;
const bandOf = (bands: readonly (readonly [number, number])[], n: number): number =>
  bands.find(([last]) => n <= last)?.[1] ?? NaN;

describe('staffing rule (11.2)', () => {
  it('agrees with the bands on every theory room of 1–120 candidates and 0–10 invigilators', () => {
    for (let candidates = 1; candidates <= 120; candidates += 1) {
      for (let staff = 0; staff <= 10; staff += 1) {
        const verdict = judgeStaffing({ part: 'theory', candidates, staff });
        const needed = bandOf(THEORY, candidates);
        expect(verdict.needed, `${candidates}`).to.equal(needed);
        expect(verdict.ok, `${candidates} × ${staff}`).to.equal(staff >= needed);
        if (!verdict.ok) expect(verdict.code).to.equal('proctoring.too-few-invigilators');
      }
    }
  });

  it('agrees with the bands on every skill room of 1–120 candidates and 0–10 examiners', () => {
    for (let candidates = 1; candidates <= 120; candidates += 1) {
      for (let staff = 0; staff <= 10; staff += 1) {
        const verdict = judgeStaffing({ part: 'skill', candidates, staff });
        const needed = bandOf(SKILL, candidates);
        const lawful = [3, 5, 7, 9].includes(staff) && staff >= needed;
        expect(verdict.needed, `${candidates}`).to.equal(needed);
        expect(verdict.ok, `${candidates} × ${staff}`).to.equal(lawful);
      }
    }
  });

  it('says whether examiners are too few or even', () => {
    const cases = [
      [15, 0, 'proctoring.too-few-examiners'],
      [15, 1, 'proctoring.too-few-examiners'],
      [15, 2, 'proctoring.too-few-examiners'],
      [15, 4, 'proctoring.even-examiners'],
      [46, 3, 'proctoring.too-few-examiners'],
      [46, 4, 'proctoring.even-examiners'],
      [46, 6, 'proctoring.even-examiners'],
      [120, 7, 'proctoring.too-few-examiners'],
      [120, 10, 'proctoring.even-examiners'],
    ] as const;
    for (const [candidates, staff, code] of cases) {
      expect(judgeStaffing({ part: 'skill', candidates, staff }), `${candidates} × ${staff}`).to.include({
        ok: false,
        code,
        clause: '11.2',
      });
    }
  });

  it('lets a template be stricter and never looser', () => {
    expect(staffNeeded('theory', 30, { candidatesPerStaff: 10 })).to.equal(3);
    expect(staffNeeded('theory', 5, { minimum: 3 })).to.equal(3);
    expect(staffNeeded('skill', 5, { minimum: 4 })).to.equal(5);
    fc.assert(
      fc.property(
        fc.constantFrom('theory' as const, 'skill' as const),
        fc.nat(200),
        fc.integer({ min: -5, max: 60 }),
        fc.integer({ min: -5, max: 12 }),
        (part, n, candidatesPerStaff, minimum) => {
          expect(staffNeeded(part, n, { candidatesPerStaff, minimum })).to.be.at.least(staffNeeded(part, n));
        },
      ),
    );
  });

  it('counts people, not consoles, and only those whose duty counts', () => {
    const roster = [
      { accountId: 'a', duty: 'invigilator' },
      { accountId: 'a', duty: 'chief-invigilator' },
      { accountId: 'b', duty: 'examiner' },
      { accountId: 'c', duty: 'chief-invigilator' },
    ] as const;
    expect(countingStaff('theory', roster)).to.equal(2);
    expect(countingStaff('skill', roster)).to.equal(1);
  });
});

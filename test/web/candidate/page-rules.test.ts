import { expect } from 'chai';
import { problemOf } from '../../../src/shared/errors/index.ts';
import { ATTEMPT_STATES, hasEnded } from '../../../src/sitting/attempt.rules.ts';
import type { SaveState } from '../../../src/web/candidate/answer-sender.ts';
import { bandOf } from '../../../src/web/candidate/bands.ts';
import { cardStep } from '../../../src/web/candidate/card-moves.ts';
import { judgeClock } from '../../../src/web/candidate/entry/device.ts';
import { readMark, writeMarks, type CardMark, type Question } from '../../../src/web/candidate/paper.ts';
import { screenOf } from '../../../src/web/candidate/screen.ts';
import { chosenByKey } from '../../../src/web/candidate/use-keys.ts';
import { judgeWarning } from '../../../src/web/candidate/warnings.ts';
import { ApiError } from '../../../src/web/lib/api.ts';

const MINUTE = 60_000;

describe('web: warnings before the end', () => {
  const warnings = [15, 5, 1];
  /** Minutes at which a warning came, while the time runs down in steps of a second. */
  const run = (fromMs: number, toMs: number, told: number[] = []): { at: number[]; told: number[] } => {
    const at: number[] = [];
    for (let left = fromMs; left >= toMs; left -= 1_000) {
      const verdict = judgeWarning(left, warnings, told);
      if (verdict.minutes !== undefined) at.push(verdict.minutes);
      told = verdict.told;
    }
    return { at, told };
  };

  it('come at 15, 5 and 1 minutes, once each', () => {
    expect(run(20 * MINUTE, -MINUTE).at).to.deep.equal([15, 5, 1]);
  });

  it('do not come again after a reload, whose page is told what was said', () => {
    const before = run(20 * MINUTE, 4 * MINUTE);
    expect(run(4 * MINUTE, 2 * MINUTE, before.told).at).to.deep.equal([]);
  });

  it('are made up for once, with the minutes really left, where a computer slept through them', () => {
    expect(judgeWarning(3.5 * MINUTE, warnings, [])).to.deep.equal({ minutes: 4, told: [15, 5] });
  });

  it('come again when time was added and they lie ahead again', () => {
    const before = run(6 * MINUTE, 4 * MINUTE);
    expect(run(9 * MINUTE, 4 * MINUTE, before.told).at).to.deep.equal([5]);
  });

  it('do not come once the time is over', () => {
    expect(judgeWarning(0, warnings, []).minutes).to.equal(undefined);
  });
});

describe('web: keys on the answer card', () => {
  // 1–8 in a row of six and one of two; 9–11; 12.
  const rows = [[1, 2, 3, 4, 5, 6, 7, 8], [9, 10, 11], [12]];
  const steps: [from: number, key: string, to: number | undefined][] = [
    [1, 'ArrowRight', 2],
    [8, 'ArrowRight', 9],
    [9, 'ArrowLeft', 8],
    [12, 'ArrowRight', undefined],
    [1, 'ArrowDown', 7],
    [5, 'ArrowDown', 8],
    [7, 'ArrowDown', 9],
    [8, 'ArrowDown', 10],
    [11, 'ArrowDown', 12],
    [12, 'ArrowDown', undefined],
    [12, 'ArrowUp', 9],
    [11, 'ArrowUp', 8],
    [9, 'ArrowUp', 7],
    [7, 'ArrowUp', 1],
    [3, 'ArrowUp', undefined],
    [7, 'Home', 1],
    [7, 'End', 12],
    [7, 'x', undefined],
    [99, 'ArrowRight', undefined],
  ];
  for (const [from, key, to] of steps)
    it(`${key} leads from ${from} to ${to ?? 'nowhere'}`, () => {
      expect(cardStep(rows, from, key)).to.equal(to);
    });
});

describe('web: marks of the answer card', () => {
  it('are read as they were written, for every combination', () => {
    const marks: CardMark[] = Array.from({ length: 16 }, (_, i) => ({
      answered: i % 2 === 1,
      marked: (i >> 1) % 2 === 1,
      seen: (i >> 2) % 2 === 1,
      noted: (i >> 3) % 2 === 1,
    }));
    const written = writeMarks(marks);
    expect(written).to.have.length(16);
    expect(marks.map((_, i) => readMark(written, i + 1))).to.deep.equal(marks);
  });
});

describe('web: which screen an attempt is at', () => {
  const at = (
    state: (typeof ATTEMPT_STATES)[number],
    more: { mine?: boolean; away?: boolean; confirmed?: boolean; opened?: boolean; over?: boolean } = {},
  ) =>
    screenOf(
      {
        state,
        identityConfirmed: more.confirmed ?? true,
        writer: { mine: more.mine ?? true },
        ...(more.away === true ? { awaySince: 1 } : {}),
      },
      { opened: more.opened ?? true, over: more.over ?? false },
    );

  it('shows the paper only to the writer, present, in time, in a started attempt', () => {
    for (const state of ATTEMPT_STATES) {
      const started = state === 'answering' || state === 'paused';
      for (const mine of [true, false])
        for (const away of [true, false])
          for (const over of [true, false])
            for (const opened of [true, false]) {
              const shown = at(state, { mine, away, over, opened }) === 'exam';
              expect(shown, `${state} ${mine} ${away} ${over} ${opened}`).to.equal(
                started && mine && !away && !over && opened,
              );
            }
    }
  });

  it('shows the end to every computer, and nothing of the exam to one that does not hold the writing', () => {
    for (const state of ATTEMPT_STATES)
      expect(at(state, { mine: false, away: true, over: true }), state).to.equal(
        hasEnded(state) ? 'finished' : 'elsewhere',
      );
  });

  it('locks at the end even a computer that is covered, and asks who it is before anything else', () => {
    expect(at('answering', { away: true, over: true })).to.equal('time-over');
    expect(at('answering', { away: true })).to.equal('away');
    expect(at('expected', { confirmed: false })).to.equal('identity');
    expect(at('ready')).to.equal('waiting');
    expect(at('answering', { opened: false })).to.equal('waiting');
  });
});

describe('web: the band across the page', () => {
  const refusal = new ApiError(400, problemOf('sitting.wrong-answer'));
  const states: [save: SaveState, online: boolean, band: string | undefined][] = [
    [{ kind: 'saved', at: 1 }, true, undefined],
    [{ kind: 'saved', at: 1 }, false, undefined],
    [{ kind: 'nothing-yet' }, false, undefined],
    [{ kind: 'saving', waiting: 1 }, true, undefined],
    [{ kind: 'saving', waiting: 1 }, false, 'line-lost'],
    [{ kind: 'waiting', waiting: 1 }, false, 'line-lost'],
    [{ kind: 'waiting', waiting: 1 }, true, 'not-through'],
    [{ kind: 'not-kept', waiting: 1 }, true, 'not-kept'],
    [{ kind: 'refused', waiting: 1, error: refusal }, true, 'refused'],
    [{ kind: 'outdated', waiting: 1 }, true, 'outdated'],
  ];
  for (const [save, online, band] of states)
    it(`says ${band ?? 'nothing'} when saving is ${save.kind} and the line is ${online ? 'there' : 'cut'}`, () => {
      expect(bandOf(save, 'mine', online)).to.equal(band);
    });

  it('puts an upgrade before another window, and that before the rest', () => {
    const waiting: SaveState = { kind: 'waiting', waiting: 1 };
    expect(bandOf(waiting, 'outdated', false)).to.equal('outdated');
    expect(bandOf(waiting, 'other-tab', false)).to.equal('other-tab');
  });
});

describe('web: how a clock stands to the server’s', () => {
  const cases: [offMs: number, verdict: ReturnType<typeof judgeClock>][] = [
    [0, { kind: 'right' }],
    [-59_999, { kind: 'right' }],
    [3 * MINUTE, { kind: 'ahead', unit: 'minutes', n: 3 }],
    [-90 * MINUTE, { kind: 'behind', unit: 'minutes', n: 90 }],
    [8 * 60 * MINUTE, { kind: 'ahead', unit: 'hours', n: 8 }],
    [-24 * 60 * MINUTE, { kind: 'behind', unit: 'hours', n: 24 }],
    [3 * 24 * 60 * MINUTE, { kind: 'ahead', unit: 'days', n: 3 }],
  ];
  for (const [offMs, verdict] of cases)
    it(`${offMs} ms is ${JSON.stringify(verdict)}`, () => {
      expect(judgeClock(offMs)).to.deep.equal(verdict);
    });
});

describe('web: choosing by key', () => {
  const options = ['A', 'B', 'C'].map((id) => ({ id, text: { zh: id, en: id } }));
  const question = (item: object): Question =>
    ({ number: 1, part: 0, item: { itemId: 'i', version: 1, points: 1, ...item } }) as Question;

  it('answers by the place of the option, and nothing outside', () => {
    const single = question({ type: 'single', options });
    expect(chosenByKey(single, undefined, 1)).to.equal('B');
    expect(chosenByKey(single, 'A', 3)).to.equal(undefined);
    expect(chosenByKey(question({ type: 'true-false' }), undefined, 0)).to.equal(true);
    expect(chosenByKey(question({ type: 'true-false' }), true, 1)).to.equal(false);
    expect(chosenByKey(question({ type: 'true-false' }), true, 2)).to.equal(undefined);
    expect(chosenByKey(question({ type: 'numeric' }), undefined, 0)).to.equal(undefined);
  });

  it('adds to and takes from a multiple choice in the paper’s order; the last one taken leaves it unanswered', () => {
    const multiple = question({ type: 'multiple', options });
    expect(chosenByKey(multiple, ['C'], 0)).to.deep.equal(['A', 'C']);
    expect(chosenByKey(multiple, ['A', 'C'], 0)).to.deep.equal(['C']);
    expect(chosenByKey(multiple, ['C'], 2)).to.equal(null);
  });
});

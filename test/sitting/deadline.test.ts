import { expect } from 'chai';
import fc from 'fast-check';
import {
  acceptsAnswer,
  applicableEntries,
  clockTime,
  deadlineOf,
  earliestHandInAt,
  isDue,
  longestTime,
  mayEnter,
  MINUTE,
  pauseCreditMs,
  remainingMs,
  type Span,
} from '../../src/sitting/deadline.rules.ts';

const START = 1_800_000_000_000;
const NO_GRACE = { graceMs: 0, servingSince: 0 };
const GRACE = { graceMs: 120_000, servingSince: 0 };
const minutes = fc.integer({ min: -300, max: 300 });

describe('deadline rule', () => {
  it('adds the ledger to the start and the base, and never gives less than the base', () => {
    expect(deadlineOf({ startedAt: START, minutes: 90, entries: [] })).to.equal(START + 90 * MINUTE);
    expect(
      deadlineOf({
        startedAt: START,
        minutes: 90,
        entries: [{ minutes: 15 }, { minutes: 0.5 }, { minutes: -5 }],
      }),
    ).to.equal(START + 100.5 * MINUTE);
    fc.assert(
      fc.property(fc.integer({ min: 90, max: 240 }), fc.array(fc.record({ minutes })), (base, entries) => {
        const deadline = deadlineOf({ startedAt: START, minutes: base, entries });
        expect(deadline).to.be.at.least(START + base * MINUTE);
        expect(deadlineOf({ startedAt: START, minutes: base, entries: [...entries].reverse() })).to.equal(
          deadline,
        );
      }),
    );
  });

  it('counts an entry for its candidate, room or sitting only', () => {
    const entries = (['candidate', 'room', 'sitting'] as const).flatMap((scope) =>
      ['mine', 'other'].map((who) => ({ scope, scopeId: `${scope}-${who}`, minutes: 1 })),
    );
    const mine = applicableEntries(entries, {
      attemptId: 'candidate-mine',
      roomId: 'room-mine',
      sittingId: 'sitting-mine',
    });
    expect(mine.map((e) => e.scopeId)).to.deep.equal(['candidate-mine', 'room-mine', 'sitting-mine']);
    // The id of a room is not taken for an attempt's.
    expect(
      applicableEntries([{ scope: 'candidate', scopeId: 'room-mine', minutes: 1 }], {
        attemptId: 'a',
        roomId: 'room-mine',
        sittingId: 's',
      }),
    ).to.deep.equal([]);
  });

  it('never shows negative time, and takes answers up to the end of the grace', () => {
    fc.assert(
      fc.property(
        fc.integer(),
        fc.integer(),
        fc.option(fc.integer(), { nil: undefined }),
        (now, deadline, pausedAt) => {
          expect(remainingMs(now, { deadline, pausedAt })).to.be.at.least(0);
        },
      ),
    );
    for (const [offset, accepted] of [
      [-1, true],
      [0, true],
      [120_000, true],
      [120_001, false],
    ] as const) {
      expect(acceptsAnswer(START + offset, START, GRACE), `${offset}`).to.equal(accepted);
      expect(isDue(START + offset, { deadline: START }, GRACE)).to.equal(!accepted);
    }
  });

  it('counts the grace from the server’s return when it was away at the deadline', () => {
    const grace = { graceMs: 120_000, servingSince: START + 600_000 };
    for (const [offset, accepted] of [
      [600_000, true],
      [720_000, true],
      [720_001, false],
    ] as const)
      expect(acceptsAnswer(START + offset, START, grace), `${offset}`).to.equal(accepted);
    expect(acceptsAnswer(START + 120_001, START, { ...grace, servingSince: START - 1 })).to.equal(false);
  });

  it('finds the longest time that somebody needs', () => {
    const person = (name: string, ...minutes: number[]) => ({
      name,
      entries: minutes.map((m) => ({ minutes: m })),
    });
    expect(longestTime(90, [])).to.equal(undefined);
    expect(longestTime(90, [person('a'), person('b', 20, 10), person('c', -5)])).to.deep.equal({
      name: 'b',
      minutes: 120,
    });
  });

  it('does not let a paused or held clock run out, however long it stands', () => {
    expect(isDue(START + 10_000_000, { deadline: START + 1000, pausedAt: START }, NO_GRACE)).to.equal(false);
    expect(isDue(START + 10_000_000, { deadline: START + 1000, heldAt: START }, NO_GRACE)).to.equal(false);
    expect(remainingMs(START + 10_000_000, { deadline: START + 1000, heldAt: START })).to.equal(1000);
  });

  it('lets late entry in up to the limit, and hand-in from the earliest moment', () => {
    expect(mayEnter(START, undefined, 15)).to.equal(true);
    expect(mayEnter(START + 15 * MINUTE, START, 15)).to.equal(true);
    expect(mayEnter(START + 15 * MINUTE + 1, START, 15)).to.equal(false);
    expect(earliestHandInAt(START, 30)).to.equal(START + 30 * MINUTE);
  });

  it('gives back exactly the time that stood still: any walk of pauses and holds equals a stopwatch', () => {
    const step = fc.record({
      op: fc.constantFrom('pause', 'resume', 'hold', 'release', 'run'),
      ms: fc.integer({ min: 0, max: 600_000 }),
    });
    fc.assert(
      fc.property(fc.array(step, { maxLength: 40 }), (steps) => {
        let now = START;
        let deadline = START + 90 * MINUTE;
        let pausedAt: number | undefined;
        let heldAt: number | undefined;
        const creditedHolds: Span[] = [];
        let ran = 0; // what a stopwatch says that is stopped whenever the attempt is paused or the room held
        for (const { op, ms } of steps) {
          if (op === 'pause') pausedAt ??= now;
          if (op === 'hold') heldAt ??= now;
          if (op === 'release' && heldAt !== undefined) {
            creditedHolds.push({ from: heldAt, to: now });
            deadline += now - heldAt;
            heldAt = undefined;
          }
          // A pause ends only in a running room (attempt table).
          if (op === 'resume' && pausedAt !== undefined && heldAt === undefined) {
            deadline += pauseCreditMs({ from: pausedAt, to: now }, creditedHolds);
            pausedAt = undefined;
          }
          now += ms;
          if (pausedAt === undefined && heldAt === undefined) ran += ms;
          const clock = { deadline, pausedAt, heldAt, creditedHolds };
          expect(deadline - clockTime(now, clock)).to.equal(90 * MINUTE - ran);
          expect(remainingMs(now, clock)).to.equal(Math.max(0, 90 * MINUTE - ran));
        }
      }),
    );
  });
});

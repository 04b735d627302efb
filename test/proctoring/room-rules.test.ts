import { expect } from 'chai';
import fc from 'fast-check';
import { judgeClosing } from '../../src/proctoring/closing.rules.ts';
import { countSeats } from '../../src/proctoring/counts.rules.ts';
import { openingRefusals } from '../../src/proctoring/opening.rules.ts';
import { judgeRenewal, type PresenceFacts } from '../../src/proctoring/presence.rules.ts';
import { byTrouble, troublesOf, TROUBLES, type TroubleFacts } from '../../src/proctoring/trouble.rules.ts';
import { judgeWatch, watchedCandidates } from '../../src/proctoring/watch.rules.ts';
import { ATTEMPT_STATES, hasEnded } from '../../src/sitting/attempt.rules.ts';
import { ROOM_STATES } from '../../src/sitting/room.rules.ts';
import { SITTING_STATES } from '../../src/sitting/sitting.rules.ts';
import { judgeStaffing } from '../../src/sitting/staffing.rules.ts';

const MINUTE = 60_000;

describe('opening a room', () => {
  const startsAt = 1_000 * MINUTE;
  const facts = {
    now: startsAt - 30 * MINUTE,
    startsAt,
    minutes: 90,
    admissionMinutes: 60,
    sitting: 'published' as const,
    room: 'closed' as const,
    staffing: judgeStaffing({ part: 'theory', candidates: 30, staff: 2 }),
  };
  const codes = (change: Partial<Parameters<typeof openingRefusals>[0]>): string[] =>
    openingRefusals({ ...facts, ...change }).map(({ code }) => code);

  it('opens only where the staffing rule holds, for every 1–120 candidates × 0–10 staff of both parts', () => {
    for (const part of ['theory', 'skill'] as const) {
      for (let candidates = 1; candidates <= 120; candidates += 1) {
        for (let staff = 0; staff <= 10; staff += 1) {
          const staffing = judgeStaffing({ part, candidates, staff });
          const [reason] = openingRefusals({ ...facts, staffing });
          if (staffing.ok) expect(reason, `${part} ${candidates} × ${staff}`).to.equal(undefined);
          else {
            expect(reason, `${part} ${candidates} × ${staff}`).to.deep.equal({
              code: staffing.code,
              params: { needed: staffing.needed, present: staff, candidates },
            });
          }
        }
      }
    }
  });

  it('opens from an hour before the start to the end of the paper’s time', () => {
    expect(codes({ now: startsAt - 60 * MINUTE })).to.deep.equal([]);
    expect(codes({ now: startsAt - 60 * MINUTE - 1 })).to.deep.equal(['proctoring.too-early-to-open']);
    expect(openingRefusals({ ...facts, now: startsAt - 70 * MINUTE })[0]?.params).to.include({
      minutes: 60,
      wait: 10,
    });
    expect(codes({ now: startsAt + 90 * MINUTE })).to.deep.equal([]);
    expect(codes({ now: startsAt + 90 * MINUTE + 1 })).to.deep.equal(['proctoring.admission-over']);
  });

  it('opens closed rooms of published sittings only', () => {
    for (const sitting of SITTING_STATES) {
      const may = ['published', 'admitting', 'running'].includes(sitting);
      expect(codes({ sitting }), sitting).to.deep.equal(may ? [] : ['sitting.not-published']);
    }
    for (const room of ROOM_STATES) {
      expect(codes({ room }).length === 0, room).to.equal(room === 'closed');
    }
  });

  it('names every reason, so that the screen can', () => {
    const staffing = judgeStaffing({ part: 'skill', candidates: 30, staff: 4 });
    expect(codes({ now: 0, sitting: 'draft', room: 'running', staffing })).to.deep.equal([
      'sitting.room-already-open',
      'sitting.not-published',
      'proctoring.too-early-to-open',
      'proctoring.even-examiners',
    ]);
  });
});

describe('presence', () => {
  const judge = (presence: PresenceFacts | undefined, enter: boolean) =>
    judgeRenewal({ roomId: 'here', machineNow: 100, enter, presence });
  const live = { roomId: 'here', present: true, until: 101 };

  it('says what a renewal means, in every case', () => {
    const cases: [PresenceFacts | undefined, boolean, string][] = [
      [undefined, false, 'enter'],
      [live, false, 'renew'],
      [live, true, 'renew'],
      [{ ...live, until: 100 }, false, 'return'],
      [{ ...live, roomId: 'there' }, false, 'proctoring.present-elsewhere'],
      [{ ...live, roomId: 'there' }, true, 'move'],
      [{ ...live, roomId: 'there', until: 99 }, false, 'return'],
      [{ ...live, present: false, endedBy: 'left' }, false, 'proctoring.left-the-room'],
      [{ ...live, present: false, endedBy: 'left' }, true, 'enter'],
      [{ ...live, present: false, endedBy: 'lapsed' }, false, 'enter'],
      [{ ...live, present: false, endedBy: 'moved' }, false, 'enter'],
      [{ ...live, roomId: 'there', present: false, endedBy: 'left' }, false, 'enter'],
    ];
    for (const [presence, enter, outcome] of cases) {
      const verdict = judge(presence, enter);
      expect(verdict.ok ? verdict.effect : verdict.code, JSON.stringify([presence, enter])).to.equal(outcome);
    }
  });
});

describe('watching over staffing', () => {
  const facts = {
    room: 'running' as const,
    ok: true,
    breachSince: undefined,
    now: 200_000,
    graceMs: 120_000,
  };

  it('raises the alarm at once, holds after the grace, and clears it when staffing is back', () => {
    expect(judgeWatch(facts)).to.equal('nothing');
    expect(judgeWatch({ ...facts, ok: false })).to.equal('breach-begins');
    expect(judgeWatch({ ...facts, ok: false, breachSince: 80_001 })).to.equal('breach-goes-on');
    expect(judgeWatch({ ...facts, ok: false, breachSince: 80_000 })).to.equal('hold');
    expect(judgeWatch({ ...facts, room: 'held', ok: false, breachSince: 80_000 })).to.equal('breach-goes-on');
    expect(judgeWatch({ ...facts, breachSince: 80_000 })).to.equal('breach-ends');
    expect(judgeWatch({ ...facts, room: 'held', breachSince: 80_000 })).to.equal('breach-ends');
  });

  it('knows no breach in a room that is not open', () => {
    for (const room of ['closed', 'collected'] as const) {
      expect(judgeWatch({ ...facts, room, ok: false })).to.equal('nothing');
      expect(judgeWatch({ ...facts, room, ok: false, breachSince: 1 })).to.equal('breach-ends');
    }
  });

  it('counts all who are expected until the start, and those who are there from then on', () => {
    expect(watchedCandidates(false)).to.deep.include({ arrivedOnly: false });
    expect(watchedCandidates(true)).to.deep.include({ arrivedOnly: true });
    expect(watchedCandidates(true).states).to.deep.equal(ATTEMPT_STATES.filter((state) => !hasEnded(state)));
  });
});

describe('closing a room', () => {
  const facts = { now: 40 * MINUTE, startedAt: 0, lateEntryMinutes: 30 };

  it('waits for everyone who is there, and for those who may still come', () => {
    for (const state of ATTEMPT_STATES) {
      const arrived = judgeClosing({ ...facts, attempts: [{ id: 'a', state, arrived: true }] });
      expect(arrived.ok, state).to.equal(hasEnded(state));
    }
    const missing = [{ id: 'a', state: 'expected' as const, arrived: false }];
    expect(judgeClosing({ ...facts, attempts: missing })).to.deep.equal({ ok: true, absent: ['a'] });
    expect(judgeClosing({ ...facts, now: 30 * MINUTE, attempts: missing })).to.deep.equal({
      ok: false,
      code: 'proctoring.late-entry-open',
      params: { minutes: 30 },
    });
  });
});

describe('trouble first', () => {
  const calm: TroubleFacts = {
    room: 'running',
    started: true,
    now: 10 * MINUTE,
    state: 'answering',
    arrivedAt: 1 * MINUTE,
    identityConfirmed: true,
    startedAt: 9 * MINUTE,
    lastSaveAt: 10 * MINUTE - 1000,
    line: { connected: true },
    secondSignIn: false,
    away: false,
  };
  const waiting = { items: 2, at: 9 * MINUTE };
  const decided = { ...waiting, decision: { accepted: true, at: 9 * MINUTE } };

  it('finds each trouble by itself', () => {
    const cases: [Partial<TroubleFacts>, string[]][] = [
      [{}, []],
      [{ hand: { reason: 'question' } }, ['hand-raised']],
      [{ hand: { reason: 'not-me' } }, ['not-me']],
      [{ line: { connected: false, at: 10 * MINUTE - 5000 } }, ['line-lost']],
      [{ line: { connected: false, at: 10 * MINUTE - 4999 } }, []],
      [{ line: { connected: false } }, ['line-lost']],
      [{ line: { connected: false }, arrivedAt: 10 * MINUTE - 4999 }, []],
      [{ lastSaveAt: 5 * MINUTE }, ['not-saving']],
      [{ lastSaveAt: undefined, startedAt: 5 * MINUTE }, ['not-saving']],
      [{ state: 'paused' }, ['paused']],
      [{ state: 'expected' }, ['waits-for-admission']],
      [{ state: 'expected', arrivedAt: undefined, line: { connected: false } }, ['not-arrived']],
      [{ state: 'expected', arrivedAt: undefined, started: false, line: { connected: false } }, []],
      [{ state: 'ready' }, ['not-started']],
      [{ state: 'handed-in', hand: { reason: 'question' }, line: { connected: false, at: 0 } }, []],
      [{ room: 'collected', hand: { reason: 'question' } }, []],
      [{ secondSignIn: true }, ['second-sign-in']],
      [{ secondSignIn: true, line: { connected: false, at: 0 } }, ['second-sign-in', 'line-lost']],
      [{ state: 'handed-in', secondSignIn: true, away: true }, []],
      [{ away: true }, ['seat-left']],
      [{ away: true, lastSaveAt: 5 * MINUTE }, ['seat-left']],
      [{ late: waiting }, []],
      [{ state: 'collected', late: waiting }, ['late-answers']],
      [{ state: 'terminated', room: 'collected', late: waiting }, ['late-answers']],
      [{ state: 'handed-in', room: 'collected', late: decided }, []],
      [{ state: 'marked', room: 'collected', late: waiting }, []],
    ];
    for (const [change, troubles] of cases) {
      expect(troublesOf({ ...calm, ...change }), JSON.stringify(change)).to.deep.equal(troubles);
    }
  });

  it('orders seats by their gravest trouble, then by number, whatever the order they come in', () => {
    const troubles = fc.subarray([...TROUBLES]);
    fc.assert(
      fc.property(
        fc.uniqueArray(fc.tuple(fc.nat(500), troubles), { selector: ([seat]) => seat }),
        (pairs) => {
          const seats = pairs.map(([seat, found]) => ({ seat, troubles: found }));
          const sorted = [...seats].sort(byTrouble);
          const rank = (found: readonly string[]): number =>
            found[0] === undefined ? 99 : TROUBLES.indexOf(found[0] as never);
          for (const [i, one] of sorted.entries()) {
            const next = sorted[i + 1];
            if (next === undefined) continue;
            expect(rank(one.troubles)).to.be.at.most(rank(next.troubles));
            if (rank(one.troubles) === rank(next.troubles)) expect(one.seat).to.be.below(next.seat);
          }
          expect([...seats].reverse().sort(byTrouble)).to.deep.equal(sorted);
        },
      ),
    );
  });

  it('counts heads', () => {
    const seat = { state: 'expected' as const, arrived: false, connected: false, handRaised: false };
    const counts = countSeats(
      [
        seat,
        { ...seat, arrived: true, connected: true },
        { ...seat, state: 'answering', arrived: true, connected: false, handRaised: true },
        { ...seat, state: 'paused', arrived: true, connected: true },
        { ...seat, state: 'handed-in', arrived: true, handRaised: true, late: waiting },
      ],
      2,
    );
    expect(counts).to.deep.equal({
      expected: 5,
      arrived: 4,
      admitted: 2,
      answering: 1,
      paused: 1,
      ended: 1,
      offline: 1,
      hands: 1,
      late: 1,
      openIncidents: 2,
    });
  });
});

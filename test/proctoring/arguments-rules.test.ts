import { expect } from 'chai';
import fc from 'fast-check';
import {
  judgeArguments,
  judgeConfirmation,
  REQUEST_MS,
  secondPerson,
} from '../../src/proctoring/arguments.rules.ts';
import { SEAT_COMMANDS } from '../../src/proctoring/commands.rules.ts';

describe('what a command needs', () => {
  it('takes 1 to 120 whole minutes and nothing else', () => {
    fc.assert(
      fc.property(fc.oneof(fc.integer({ min: -500, max: 500 }), fc.double()), (minutes) => {
        const verdict = judgeArguments('add-time', { minutes, reason: '停电' }, [1]);
        expect(verdict.ok).to.equal(Number.isInteger(minutes) && minutes >= 1 && minutes <= 120);
        if (!verdict.ok)
          expect(verdict).to.include({ code: 'proctoring.minutes-out-of-range', field: '/args/minutes' });
      }),
    );
    expect(judgeArguments('add-time', { reason: '停电' }, [1]).ok).to.equal(false);
  });

  it('wants a reason where time, an end or a refusal goes into the record', () => {
    for (const reason of [undefined, '', '   ', ' x ']) {
      for (const command of ['add-time', 'terminate', 'refuse-identity'] as const) {
        const verdict = judgeArguments(command, { minutes: 5, reason, confirmSeats: [1] }, [1]);
        expect(verdict, `${command} “${reason}”`).to.include({
          code: 'proctoring.reason-needed',
          field: '/args/reason',
        });
      }
    }
    expect(judgeArguments('pause', {}, [1, 2])).to.deep.equal({ ok: true });
  });

  it('wants the text of a message, the seat of a move, and one seat for a move, a hand-over or a sign-in refused', () => {
    const cases = [
      ['message', { text: ' \n ' }, [1], 'proctoring.text-needed'],
      ['message', { text: '请安静' }, [1], undefined],
      ['move-seat', {}, [1], 'proctoring.seat-needed'],
      ['move-seat', { seat: 3 }, [1, 2], 'proctoring.one-seat-only'],
      ['move-seat', { seat: 3 }, [1], undefined],
      ['hand-over', {}, [1, 2], 'proctoring.one-seat-only'],
      ['hand-over', {}, [4], undefined],
      ['refuse-sign-in', {}, [1, 2], 'proctoring.one-seat-only'],
      ['refuse-sign-in', {}, [4], undefined],
    ] as const;
    for (const [command, args, seats, code] of cases) {
      const verdict = judgeArguments(command, args, seats);
      expect(verdict.ok ? undefined : verdict.code, command).to.equal(code);
    }
  });

  it('ends an attempt only when exactly its seats are typed again, in any order', () => {
    const end = (confirmSeats: readonly number[] | undefined, seats: readonly number[]) =>
      judgeArguments('terminate', { reason: '替考', confirmSeats }, seats);
    expect(end([12, 3], [3, 12]).ok).to.equal(true);
    for (const typed of [undefined, [], [3], [3, 13], [3, 12, 12]]) {
      expect(end(typed, [3, 12]), JSON.stringify(typed)).to.include({
        code: 'proctoring.seats-not-confirmed',
      });
    }
  });

  it('asks for a second person above 15 minutes to one candidate, however they are split', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 120 }),
        fc.nat(200),
        fc.boolean(),
        (minutes, givenMinutes, chief) => {
          const needs = secondPerson('add-time', { minutes, givenMinutes, chief });
          expect(needs).to.equal(minutes + givenMinutes > 15 ? 'anybody-else' : 'nobody');
        },
      ),
    );
  });

  it('asks for a chief when somebody else ends an attempt, and for nobody otherwise', () => {
    expect(secondPerson('terminate', { givenMinutes: 0, chief: false })).to.equal('chief');
    for (const command of SEAT_COMMANDS) {
      expect(secondPerson(command, { minutes: 1, givenMinutes: 0, chief: true }), command).to.equal('nobody');
    }
  });

  it('lets somebody else confirm, once and in time, and only a chief where one is needed', () => {
    const facts = {
      state: 'awaiting',
      needs: 'anybody-else' as const,
      now: 1000,
      requestedAt: 0,
      same: false,
      chief: false,
    };
    expect(judgeConfirmation(facts)).to.deep.equal({ ok: true });
    const cases = [
      [{ state: 'done' }, 'proctoring.request-settled'],
      [{ state: 'withdrawn' }, 'proctoring.request-settled'],
      [{ now: REQUEST_MS + 1 }, 'proctoring.request-expired'],
      [{ same: true }, 'proctoring.same-person'],
      [{ same: true, chief: true }, 'proctoring.same-person'],
      [{ needs: 'chief' as const }, 'proctoring.chief-needed'],
      [{ needs: 'chief' as const, chief: true }, undefined],
      [{ now: REQUEST_MS }, undefined],
    ] as const;
    for (const [change, code] of cases) {
      const verdict = judgeConfirmation({ ...facts, ...change });
      expect(verdict.ok ? undefined : verdict.code, JSON.stringify(change)).to.equal(code);
    }
  });
});

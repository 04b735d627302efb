import { expect } from 'chai';
import { judgeAction, judgeRoomAction, REFUSALS } from '../../../src/web/invigilator/actions.ts';
import { SEAT_COMMANDS, judgeCommand } from '../../../src/proctoring/commands.rules.ts';
import { ATTEMPT_STATES } from '../../../src/sitting/attempt.rules.ts';
import { ROOM_COMMANDS, ROOM_STATES, judgeRoom } from '../../../src/sitting/room.rules.ts';
import { seatOf } from './seats.ts';

const running = { room: 'running', commands: true } as const;

describe('invigilator page: what may be done', () => {
  it('has words for every reason that the rules can give', () => {
    for (const room of ROOM_STATES) {
      for (const state of ATTEMPT_STATES) {
        for (const command of SEAT_COMMANDS) {
          const verdict = judgeCommand(room, state, command);
          if (!verdict.ok) expect(REFUSALS, `${room} ${state} ${command}`).to.have.property(verdict.code);
        }
      }
    }
    for (const room of ROOM_STATES) {
      for (const command of ROOM_COMMANDS) {
        for (const startedAt of [undefined, 1]) {
          if (judgeRoom(room, command, startedAt !== undefined).ok) continue;
          if (command === 'open' || command === 'start') continue;
          const action = command === 'collect' ? 'close' : command;
          const facts = { commands: true, now: 5, staffed: true };
          const refusal = judgeRoomAction(action, { state: room, startedAt }, [], facts);
          expect(REFUSALS, `${room} ${action}`).to.have.property(refusal ?? 'missing');
        }
      }
    }
  });

  it('takes those for whom it is possible and says why the others are left out', () => {
    const seats = [
      seatOf(1),
      seatOf(2, { state: 'paused' }),
      seatOf(3, { state: 'handed-in' }),
      seatOf(4, { state: 'handed-in' }),
    ];
    const verdict = judgeAction('pause', seats, running);
    expect(verdict.able.map(({ seat }) => seat)).to.deep.equal([1]);
    expect(verdict.refusal).to.equal(undefined);
    expect(verdict.leftOut).to.deep.equal([
      { refusal: 'sitting.attempt-ended', count: 2 },
      { refusal: 'sitting.paused', count: 1 },
    ]);
  });

  it('refuses with the most frequent reason when it is possible for nobody', () => {
    const seats = [seatOf(1, { state: 'handed-in' }), seatOf(2, { state: 'handed-in' }), seatOf(3)];
    expect(judgeAction('resume', seats, running).refusal).to.equal('sitting.attempt-ended');
    expect(judgeAction('resume', [], running).refusal).to.equal('nobody');
  });

  it('keeps to one seat what is for one seat, and lets lookers only look', () => {
    const two = [seatOf(1), seatOf(2)];
    for (const action of ['move-seat', 'hand-over', 'refuse-sign-in', 'refuse-identity'] as const) {
      expect(judgeAction(action, two, running).refusal).to.equal('one-only');
    }
    expect(judgeAction('message', two, { room: 'running', commands: false }).refusal).to.equal('looks-only');
    expect(judgeAction('incident', [], running).refusal).to.equal(undefined);
  });

  it('closes a room only when nobody works, and resumes it only when it is staffed', () => {
    const facts = { commands: true, now: 5, staffed: false };
    expect(judgeRoomAction('close', { state: 'running', startedAt: 1 }, [seatOf(1)], facts)).to.equal(
      'still-working',
    );
    const done = [seatOf(1, { state: 'handed-in' })];
    expect(judgeRoomAction('close', { state: 'running', startedAt: 1 }, done, facts)).to.equal(undefined);
    expect(judgeRoomAction('resume', { state: 'held', startedAt: 1 }, done, facts)).to.equal('understaffed');
    expect(judgeRoomAction('sign', { state: 'running', startedAt: 1 }, done, facts)).to.equal(
      'not-collected',
    );
  });
});

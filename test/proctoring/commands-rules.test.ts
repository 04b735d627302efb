import { expect } from 'chai';
import {
  judgeCommand,
  judgeSeatCommand,
  SEAT_COMMANDS,
  type SeatCommand,
  type SeatFacts,
} from '../../src/proctoring/commands.rules.ts';
import { ATTEMPT_STATES, type AttemptState } from '../../src/sitting/attempt.rules.ts';
import { ROOM_STATES, type RoomState } from '../../src/sitting/room.rules.ts';
import { ERRORS } from '../../src/shared/errors/index.ts';

/** Short names of the reasons, for the table below; `+` is possible. */
const REASONS: Readonly<Record<string, string>> = {
  adm: 'sitting.already-admitted',
  not: 'sitting.not-started',
  pau: 'sitting.paused',
  npa: 'sitting.not-paused',
  end: 'sitting.attempt-ended',
};

/**
 * What an attempt's own state says to each command, written out by hand, apart from the rule.
 * Columns: expected, checked-in, ready, answering, paused, handed-in, collected, terminated, marked, released.
 */
const BY_ATTEMPT: Readonly<Record<SeatCommand, string>> = {
  admit: '+ adm adm adm adm end end end end end',
  'refuse-identity': '+ adm adm adm adm end end end end end',
  pause: 'not not not + pau end end end end end',
  resume: 'not not not npa + end end end end end',
  'add-time': '+ + + + + end end end end end',
  message: '+ + + + + end end end end end',
  'move-seat': '+ + + + + end end end end end',
  'hand-over': '+ + + + + end end end end end',
  'refuse-sign-in': '+ + + + + end end end end end',
  'lower-hand': '+ + + + + end end end end end',
  terminate: '+ + + + + end end end end end',
};

/** What the room says where the attempt has nothing against it. Columns: closed, admitting, running, held, collected. */
const OPEN = 'room-not-open + + + room-collected';
const BY_ROOM: Readonly<Record<SeatCommand, string>> = {
  admit: 'room-not-open + + room-held room-collected',
  'refuse-identity': OPEN,
  pause: 'room-not-open room-not-running + + room-collected',
  resume: 'room-not-open room-not-running + room-held room-collected',
  'add-time': OPEN,
  message: OPEN,
  'move-seat': OPEN,
  'hand-over': OPEN,
  'refuse-sign-in': OPEN,
  'lower-hand': OPEN,
  terminate: OPEN,
};

function expected(room: RoomState, attempt: AttemptState, command: SeatCommand): string {
  const own = BY_ATTEMPT[command].split(' ')[ATTEMPT_STATES.indexOf(attempt)] ?? '?';
  if (own !== '+') return REASONS[own] ?? '?';
  const reason = BY_ROOM[command].split(' ')[ROOM_STATES.indexOf(room)] ?? '?';
  return reason === '+' ? '+' : `sitting.${reason}`;
}

describe('commands of the console: room state × attempt state × command', () => {
  for (const command of SEAT_COMMANDS) {
    it(`${command}: all ${ROOM_STATES.length * ATTEMPT_STATES.length} cells`, () => {
      for (const room of ROOM_STATES) {
        for (const attempt of ATTEMPT_STATES) {
          const verdict = judgeCommand(room, attempt, command);
          const cell = verdict.ok ? '+' : verdict.code;
          expect(cell, `${room} × ${attempt}`).to.equal(expected(room, attempt, command));
        }
      }
    });
  }

  it('gives reasons that are error codes, so that screen and server say the same', () => {
    for (const room of ROOM_STATES) {
      for (const attempt of ATTEMPT_STATES) {
        for (const command of SEAT_COMMANDS) {
          const verdict = judgeCommand(room, attempt, command);
          if (!verdict.ok) expect(ERRORS).to.have.property(verdict.code);
        }
      }
    }
  });

  const waiting: SeatFacts = {
    room: 'admitting',
    attempt: 'expected',
    arrived: true,
    identityConfirmed: true,
    handRaised: true,
    secondSignIn: true,
  };

  it('admits only who has come and has said who they are', () => {
    const cases = [
      [{}, undefined],
      [{ arrived: false, identityConfirmed: false }, 'sitting.not-arrived'],
      [{ identityConfirmed: false }, 'sitting.identity-not-confirmed'],
      [{ room: 'held' as const, arrived: false }, 'sitting.room-held'],
    ] as const;
    for (const [facts, code] of cases) {
      const verdict = judgeSeatCommand({ ...waiting, ...facts }, 'admit');
      expect(verdict.ok ? undefined : verdict.code).to.equal(code);
    }
  });

  it('refuses the identity of nobody who is not there, and lowers no hand that is not up', () => {
    expect(judgeSeatCommand({ ...waiting, arrived: false }, 'refuse-identity')).to.include({
      code: 'sitting.not-arrived',
    });
    expect(judgeSeatCommand({ ...waiting, arrived: false }, 'hand-over')).to.include({
      code: 'sitting.not-arrived',
    });
    expect(judgeSeatCommand({ ...waiting, identityConfirmed: false }, 'refuse-identity')).to.deep.equal({
      ok: true,
    });
    expect(judgeSeatCommand({ ...waiting, handRaised: false }, 'lower-hand')).to.include({
      code: 'proctoring.no-hand',
    });
    expect(judgeSeatCommand(waiting, 'lower-hand')).to.deep.equal({ ok: true });
    expect(judgeSeatCommand({ ...waiting, secondSignIn: false }, 'refuse-sign-in')).to.include({
      code: 'sitting.no-second-sign-in',
    });
    expect(judgeSeatCommand(waiting, 'refuse-sign-in')).to.deep.equal({ ok: true });
    expect(judgeSeatCommand({ ...waiting, arrived: false }, 'message')).to.deep.equal({ ok: true });
  });
});

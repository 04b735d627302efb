import { expect } from 'chai';
import {
  ATTEMPT_COMMANDS,
  ATTEMPT_STATES,
  judgeAttempt,
  type AttemptCommand,
  type AttemptState,
} from '../../src/sitting/attempt.rules.ts';
import {
  judgeRoom,
  ROOM_COMMANDS,
  ROOM_STATES,
  type RoomCommand,
  type RoomState,
} from '../../src/sitting/room.rules.ts';
import {
  followRooms,
  judgeSitting,
  SITTING_COMMANDS,
  SITTING_STATES,
  type SittingCommand,
  type SittingState,
} from '../../src/sitting/sitting.rules.ts';
import { ERRORS } from '../../src/shared/errors/index.ts';

/** Moves that exist, written out apart from the rule: state, command, next state, rooms in which it is possible. */
const OPEN = ['admitting', 'running', 'held'] as const;
const CLOCK = ['running', 'held'] as const;
const ANY = ROOM_STATES;
const SEEN = ['admitting', 'running', 'held', 'collected'] as const;
const ATTEMPT_MOVES: readonly (readonly [
  AttemptState,
  AttemptCommand,
  AttemptState,
  readonly RoomState[],
])[] = [
  ...ATTEMPT_STATES.map((state) => [state, 'arrive', state, SEEN] as const),
  ...(['expected', 'checked-in', 'ready', 'answering', 'paused'] as const).flatMap((state) => [
    [state, 'collect', 'collected', CLOCK] as const,
    [state, 'terminate', 'terminated', OPEN] as const,
  ]),
  ['expected', 'confirm', 'expected', OPEN],
  ['checked-in', 'confirm', 'checked-in', OPEN],
  ['ready', 'confirm', 'ready', OPEN],
  ['answering', 'confirm', 'answering', OPEN],
  ['paused', 'confirm', 'paused', OPEN],
  ['expected', 'admit', 'checked-in', ['admitting', 'running']],
  ['checked-in', 'receive-paper', 'ready', OPEN],
  ['ready', 'receive-paper', 'ready', OPEN],
  ['answering', 'receive-paper', 'answering', OPEN],
  ['paused', 'receive-paper', 'paused', OPEN],
  ['ready', 'start', 'answering', ['running']],
  ['answering', 'start', 'answering', ['running']],
  ['answering', 'save', 'answering', CLOCK],
  ['paused', 'save', 'paused', CLOCK],
  ['answering', 'pause', 'paused', CLOCK],
  ['paused', 'resume', 'answering', ['running']],
  ['answering', 'hand-in', 'handed-in', CLOCK],
  ['handed-in', 'mark', 'marked', ANY],
  ['collected', 'mark', 'marked', ANY],
  ['terminated', 'mark', 'marked', ANY],
  ['marked', 'mark', 'marked', ANY],
  ['marked', 'release', 'released', ANY],
  ['released', 'release', 'released', ANY],
];

const ROOM_MOVES: readonly (readonly [RoomState, RoomCommand, boolean | 'either', RoomState])[] = [
  ['closed', 'open', 'either', 'admitting'],
  ['admitting', 'start', 'either', 'running'],
  ['admitting', 'hold', 'either', 'held'],
  ['running', 'hold', 'either', 'held'],
  ['running', 'collect', 'either', 'collected'],
  ['held', 'resume', true, 'running'],
  ['held', 'resume', false, 'admitting'],
  ['held', 'collect', true, 'collected'],
];

const SITTING_MOVES: readonly (readonly [SittingState, SittingCommand, SittingState])[] = [
  ['draft', 'edit', 'draft'],
  ['draft', 'publish', 'published'],
  ['published', 'admit', 'admitting'],
  ['admitting', 'run', 'running'],
  ['running', 'collect', 'collected'],
  ['collected', 'mark', 'marked'],
  ['marked', 'release', 'released'],
  ['released', 'archive', 'archived'],
];

describe('state tables of the sitting', () => {
  it('attempt: every state × command × room is a listed move or a refusal with a known code', () => {
    for (const state of ATTEMPT_STATES) {
      for (const command of ATTEMPT_COMMANDS) {
        for (const room of ROOM_STATES) {
          const move = ATTEMPT_MOVES.find(
            ([from, by, , rooms]) => from === state && by === command && rooms.includes(room),
          );
          const verdict = judgeAttempt(state, command, room);
          const where = `${state} × ${command} × ${room}`;
          if (move === undefined) {
            expect(verdict.ok, where).to.equal(false);
            if (!verdict.ok) expect(ERRORS, where).to.have.property(verdict.code);
          } else {
            expect(verdict, where).to.deep.equal({ ok: true, next: move[2] });
          }
        }
      }
    }
  });

  it('room: every state × command, before and after the start', () => {
    for (const state of ROOM_STATES) {
      for (const command of ROOM_COMMANDS) {
        for (const started of [true, false]) {
          const move = ROOM_MOVES.find(
            ([from, by, when]) => from === state && by === command && (when === 'either' || when === started),
          );
          const verdict = judgeRoom(state, command, started);
          const where = `${state} × ${command} × ${started}`;
          if (move === undefined) {
            expect(verdict.ok, where).to.equal(false);
            if (!verdict.ok) expect(ERRORS, where).to.have.property(verdict.code);
          } else {
            expect(verdict, where).to.deep.equal({ ok: true, next: move[3] });
          }
        }
      }
    }
  });

  it('sitting: every state × command', () => {
    for (const state of SITTING_STATES) {
      for (const command of SITTING_COMMANDS) {
        const move = SITTING_MOVES.find(([from, by]) => from === state && by === command);
        const verdict = judgeSitting(state, command);
        if (move === undefined) {
          expect(verdict.ok, `${state} × ${command}`).to.equal(false);
          if (!verdict.ok) expect(ERRORS).to.have.property(verdict.code);
        } else {
          expect(verdict).to.deep.equal({ ok: true, next: move[2] });
        }
      }
    }
  });

  it('sitting: follows its rooms and never goes back', () => {
    const room = (state: RoomState, started = !['closed', 'admitting'].includes(state)) => ({
      state,
      started,
    });
    const cases: readonly (readonly [SittingState, ReturnType<typeof room>[], SittingState])[] = [
      ['published', [room('closed'), room('closed')], 'published'],
      ['published', [room('admitting'), room('closed')], 'admitting'],
      ['published', [room('held', false)], 'admitting'],
      ['admitting', [room('running'), room('closed')], 'running'],
      ['running', [room('collected'), room('closed')], 'running'],
      ['running', [room('collected'), room('held')], 'running'],
      ['running', [room('collected'), room('collected')], 'collected'],
      ['draft', [room('admitting')], 'draft'],
      ['marked', [room('collected')], 'marked'],
      ['published', [], 'published'],
    ];
    for (const [state, rooms, next] of cases)
      expect(followRooms(state, rooms), JSON.stringify([state, rooms])).to.equal(next);
    for (const before of ROOM_STATES) {
      for (const other of ROOM_STATES) {
        const next = followRooms('running', [room(before), room(other)]);
        expect(['running', 'collected']).to.include(next);
      }
    }
  });
});

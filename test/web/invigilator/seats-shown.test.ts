import { expect } from 'chai';
import { choose, NOTHING } from '../../../src/web/invigilator/use-selection.ts';
import { ownMinutes, roomClock, seatRemaining } from '../../../src/web/invigilator/room-clock.ts';
import { ageText, elapsedText, matches, passes, statusOf } from '../../../src/web/invigilator/seat-status.ts';
import { TROUBLES } from '../../../src/proctoring/trouble.rules.ts';
import { ATTEMPT_STATES } from '../../../src/sitting/attempt.rules.ts';
import type { LedgerView } from '../../../src/proctoring/proctoring.views.contract.ts';
import { roomOf, seatOf } from './seats.ts';

const ALONE = { shift: false, ctrl: false };
const entry = (changes: Partial<LedgerView>): LedgerView => ({
  id: 'led_1',
  scope: 'candidate',
  scopeId: 'att_1',
  minutes: 5,
  kind: 'incident',
  reason: '设备故障',
  byName: '孙丽',
  at: 1,
  acknowledged: 0,
  of: 1,
  waitingFor: ['att_1'],
  ...changes,
});

describe('invigilator page: seats as they are shown', () => {
  it('says every state and every trouble in both languages', () => {
    for (const state of ATTEMPT_STATES) {
      for (const trouble of [undefined, ...TROUBLES]) {
        const seat = seatOf(1, { state, troubles: trouble === undefined ? [] : [trouble] });
        const { word } = statusOf(seat, 1);
        expect(word.zh, state).to.match(/\p{Script=Han}/u);
        expect(word.en, state).to.match(/^[A-Z]/);
      }
    }
  });

  it('tells who is absent from who is expected', () => {
    expect(statusOf(seatOf(1, { state: 'collected', absent: true }), 1).word.zh).to.equal('缺考');
    expect(passes(seatOf(1, { state: 'expected', arrivedAt: 5 }), 'missing')).to.equal(false);
  });

  it('finds a seat by number, name or part of the admission number', () => {
    const seat = seatOf(5, { name: '王芳' });
    for (const typed of ['5', '05', '王', '0005', ' J2611 ', '']) {
      expect(matches(seat, typed), typed).to.equal(true);
    }
    for (const typed of ['7', '李', '9999']) expect(matches(seat, typed), typed).to.equal(false);
  });

  it('words short and long times', () => {
    expect(elapsedText(42_000, 'en')).to.equal('0:42');
    expect(elapsedText(12 * 60_000, 'zh')).to.equal('12分');
    expect(elapsedText(60 * 60_000, 'en')).to.equal('1 h');
    expect(elapsedText(63 * 60_000, 'zh')).to.equal('1小时3分');
    expect(ageText(-50, 'en')).to.equal('0 s');
  });

  it('chooses one, adds, takes away, and reaches from the cursor', () => {
    const order = ['a', 'b', 'c', 'd'];
    const one = choose(NOTHING, order, 'b', ALONE);
    expect([...one.chosen]).to.deep.equal(['b']);
    const reached = choose(one, order, 'd', { shift: true, ctrl: false });
    expect([...reached.chosen]).to.deep.equal(['b', 'c', 'd']);
    expect([...choose(reached, order, 'a', { shift: true, ctrl: false }).chosen]).to.deep.equal(['a', 'b']);
    const less = choose(reached, order, 'c', { shift: false, ctrl: true });
    expect([...less.chosen]).to.deep.equal(['b', 'd']);
  });

  it('counts time of their own without what a pause gave back', () => {
    const view = roomOf([seatOf(1)], {
      ledger: [
        entry({}),
        entry({ id: 'led_2', kind: 'pause-credit', minutes: 0.02 }),
        entry({ id: 'led_3', scope: 'room', scopeId: 'room_1', minutes: 10 }),
      ],
    });
    expect(ownMinutes(view, seatOf(1))).to.equal(5);
  });

  it('counts down to the start, then to the end with the room’s time, and stands still while held', () => {
    const view = roomOf([], { ledger: [entry({ scope: 'room', scopeId: 'room_1', minutes: 10 })] });
    const { startedAt: _started, ...closed } = view.room;
    expect(roomClock({ ...view, room: closed }, 4_000)).to.deep.equal({ kind: 'until-start', ms: 6_000 });
    expect(roomClock(view, 70_000)).to.deep.equal({ kind: 'left', ms: 99 * 60_000, stopped: false });
    const held = { ...view, room: { ...view.room, state: 'held' as const, heldAt: 70_000 } };
    expect(roomClock(held, 900_000)).to.deep.equal({ kind: 'left', ms: 99 * 60_000, stopped: true });
    const paused = seatOf(1, { state: 'paused', pausedAt: 70_000 });
    expect(seatRemaining(view, paused, 900_000)).to.equal(89 * 60_000);
    expect(seatRemaining(view, seatOf(1, { endedAt: 5 }), 900_000)).to.equal(undefined);
  });
});

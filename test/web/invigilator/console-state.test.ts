import { expect } from 'chai';
import { afterAnswer, afterEvent, judgedSeats } from '../../../src/web/invigilator/console-state.ts';
import type { IncidentView, MessageView } from '../../../src/proctoring/proctoring.views.contract.ts';
import { roomOf, seatOf } from './seats.ts';

const message: MessageView = {
  id: 'msg_1',
  text: '请保持安静',
  toAll: true,
  attemptIds: ['att_1', 'att_2'],
  byName: '孙丽',
  at: 1,
  acknowledged: 0,
  of: 2,
  waitingFor: ['att_1', 'att_2'],
};

describe('invigilator page: the console’s state', () => {
  it('takes a newer seat, and no older one', () => {
    const view = roomOf([seatOf(1, { version: 5, answered: 9 })]);
    const older = afterEvent(view, { kind: 'seat', seat: seatOf(1, { version: 4, answered: 1 }) });
    expect(older.seats[0]?.answered).to.equal(9);
    const newer = afterEvent(view, { kind: 'seat', seat: seatOf(1, { version: 6, answered: 10 }) });
    expect(newer.seats[0]?.answered).to.equal(10);
  });

  it('lets a candidate who moved to another room go, and takes in one who came', () => {
    const view = roomOf([seatOf(1), seatOf(3)]);
    const gone = afterEvent(view, { kind: 'seat', seat: seatOf(1, { roomId: 'room_2', version: 2 }) });
    expect(gone.seats.map(({ seat }) => seat)).to.deep.equal([3]);
    const came = afterEvent(view, { kind: 'seat', seat: seatOf(2) });
    expect(came.seats.map(({ seat }) => seat)).to.deep.equal([1, 2, 3]);
  });

  it('counts each reader of a message once, however often it is told', () => {
    const read = { kind: 'message-read', read: { messageId: 'msg_1', attemptId: 'att_1' } } as const;
    const view = afterEvent(afterEvent(roomOf([], { messages: [message] }), read), read);
    expect(view.messages[0]).to.include({ acknowledged: 1 });
    expect(view.messages[0]?.waitingFor).to.deep.equal(['att_2']);
  });

  it('drops an incident once it is decided', () => {
    const incident: IncidentView = {
      id: 'inc_1',
      category: 'technical',
      kind: 'network-failure',
      attemptIds: [],
      people: [],
      text: '网线松脱',
      byName: '孙丽',
      occurredAt: 1,
      at: 2,
    };
    const open = afterEvent(roomOf([]), { kind: 'incident', incident });
    expect(open.openIncidents).to.have.length(1);
    const decided = afterEvent(open, {
      kind: 'incident',
      incident: { ...incident, decision: '更换', decidedAt: 3 },
    });
    expect(decided.openIncidents).to.deep.equal([]);
  });

  it('keeps a seat that was announced while the whole answer was on its way', () => {
    const announced = roomOf([seatOf(1, { version: 7, answered: 12 })]);
    const answer = roomOf([seatOf(1, { version: 6, answered: 11 })]);
    expect(afterAnswer(announced, answer).seats[0]?.answered).to.equal(12);
    expect(afterAnswer(undefined, answer).seats[0]?.answered).to.equal(11);
  });

  it('finds a lost line by the mere passing of time', () => {
    const view = roomOf([seatOf(1, { line: { connected: false, at: 30_000 } })]);
    expect(judgedSeats(view, 31_000)[0]?.troubles).to.not.include('line-lost');
    expect(judgedSeats(view, 36_000)[0]?.troubles).to.include('line-lost');
  });
});

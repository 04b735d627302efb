import type { ConsoleSeat, ConsoleView } from '../../../src/proctoring/proctoring.views.contract.ts';

/** A seat in the middle of a test, for the console's own functions. */
export function seatOf(seat: number, changes: Partial<ConsoleSeat> = {}): ConsoleSeat {
  return {
    attemptId: `att_${seat}`,
    roomId: 'room_1',
    seat,
    candidateId: `can_${seat}`,
    name: `考生${seat}`,
    admissionNumber: `J2611${String(seat).padStart(4, '0')}`,
    hasPhoto: false,
    version: 1,
    state: 'answering',
    arrivedAt: 1_000,
    identityConfirmedAt: 2_000,
    startedAt: 10_000,
    absent: false,
    answered: 3,
    total: 40,
    lastSaveAt: 20_000,
    line: { connected: true },
    formLabel: 'A',
    deadline: 10_000 + 90 * 60_000,
    signIns: 1,
    troubles: [],
    ...changes,
  };
}

/** A running room with these seats. */
export function roomOf(seats: ConsoleSeat[], changes: Partial<ConsoleView> = {}): ConsoleView {
  const verdict = { ok: true, needed: 2, present: 2, candidates: seats.length, clause: '11.2' } as const;
  return {
    now: 30_000,
    me: { chief: false, commands: true, present: true },
    room: {
      id: 'room_1',
      sittingId: 'sit_1',
      code: '301',
      name: '301',
      seats: 30,
      columns: 6,
      equipment: { computers: 30, multimedia: true, audio: true, internet: true },
      staff: [],
      state: 'running',
      startedAt: 10_000,
      candidates: seats.length,
      version: 1,
    },
    sitting: {
      id: 'sit_1',
      examId: 'exam_1',
      part: 'theory',
      level: 'junior',
      title: { zh: '理论', en: 'Theory' },
      startsAt: 10_000,
      minutes: 90,
      state: 'running',
      graceSeconds: 120,
      holdClocks: 'pause',
    },
    staffing: {
      roomId: 'room_1',
      roomCode: '301',
      roomName: '301',
      state: 'running',
      part: 'theory',
      verdict,
      present: [],
      now: 30_000,
    },
    opening: [],
    seats,
    counts: {
      expected: seats.length,
      arrived: 0,
      admitted: 0,
      answering: 0,
      paused: 0,
      ended: 0,
      offline: 0,
      hands: 0,
      late: 0,
      openIncidents: 0,
    },
    hands: [],
    openIncidents: [],
    messages: [],
    requests: [],
    ledger: [],
    ...changes,
  };
}

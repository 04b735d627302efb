import { shuffled } from '../shared/seeded.ts';

/** A room to be filled: seats 1…`seats` in rows of `columns`. */
export interface SeatingRoom {
  roomId: string;
  seats: number;
  columns: number;
}

/** Where one enrolled candidate sits, and which form lies there. */
export interface SeatAssignment {
  enrolmentId: string;
  roomId: string;
  seat: number;
  formId: string;
}

export type SeatingVerdict =
  | { ok: true; seats: SeatAssignment[] }
  | { ok: false; code: 'sitting.too-few-seats'; clause: '5.2.2'; needed: number; present: number };

/** The form of a seat: forms go round by row and column, so that neighbours beside, in front and behind differ when there are two or more. */
export function formOfSeat<T>(seat: number, columns: number, forms: readonly [T, ...T[]]): T {
  const row = Math.floor((seat - 1) / columns);
  const column = (seat - 1) % columns;
  return forms[(row + column) % forms.length] ?? forms[0];
}

/** Seats the enrolled in an order that depends on the seed alone, filling room after room. Never more than there are seats (5.2.2). */
export function seatCandidates(
  rooms: readonly SeatingRoom[],
  enrolmentIds: readonly string[],
  forms: readonly [string, ...string[]],
  seed: string,
): SeatingVerdict {
  const present = rooms.reduce((sum, { seats }) => sum + seats, 0);
  if (enrolmentIds.length > present) {
    return {
      ok: false,
      code: 'sitting.too-few-seats',
      clause: '5.2.2',
      needed: enrolmentIds.length,
      present,
    };
  }
  const places = rooms.flatMap(({ roomId, seats, columns }) =>
    Array.from({ length: seats }, (_, i) => ({
      roomId,
      seat: i + 1,
      formId: formOfSeat(i + 1, columns, forms),
    })),
  );
  // Sorted first, so that the outcome does not depend on the order in which the list was read.
  const order = shuffled([...enrolmentIds].sort(), seed);
  return {
    ok: true,
    seats: places.slice(0, order.length).map((place, i) => ({ enrolmentId: order[i] as string, ...place })),
  };
}

import { seatCandidates } from '../../../sitting/seating.rules.ts';
import type { Equipment, SittingBody } from '../../../sitting/sitting.contract.ts';
import type { RosterEntry } from './use-staff.ts';

/** A room while it is planned. */
export interface RoomPlan {
  /** Names the room in this form only. */
  key: number;
  code: string;
  name: string;
  seats: number;
  columns: number;
  equipment: Equipment;
  staff: RosterEntry[];
}

/** The next room, like the one before it. */
export function nextRoom(rooms: readonly RoomPlan[]): RoomPlan {
  const last = rooms.at(-1);
  const key = Math.max(0, ...rooms.map((room) => room.key)) + 1;
  return {
    key,
    code: `R${String(key).padStart(2, '0')}`,
    name: '',
    seats: last?.seats ?? 30,
    columns: last?.columns ?? 6,
    equipment: last?.equipment ?? { computers: 30, multimedia: true, audio: true, internet: true },
    staff: [],
  };
}

/** How many of the expected sit in each room, by its key: the seating rule itself, which fills the rooms in the order of their codes. */
export function expectedByRoom(
  rooms: readonly RoomPlan[],
  expected: number,
): { ok: true; counts: ReadonlyMap<number, number> } | { ok: false; needed: number; present: number } {
  const places = [...rooms]
    .sort((a, b) => (a.code < b.code ? -1 : 1))
    .map((room) => ({ roomId: String(room.key), seats: room.seats, columns: room.columns }));
  const verdict = seatCandidates(
    places,
    Array.from({ length: expected }, (_, i) => String(i)),
    ['form'],
    'plan',
  );
  if (!verdict.ok) return { ok: false, needed: verdict.needed, present: verdict.present };
  const counts = new Map(rooms.map((room) => [room.key, 0]));
  for (const { roomId } of verdict.seats) counts.set(Number(roomId), (counts.get(Number(roomId)) ?? 0) + 1);
  return { ok: true, counts };
}

/** A room as it is submitted; without a name it goes by its code. */
export function roomBody({ key: _key, name, ...room }: RoomPlan): SittingBody['rooms'][number] {
  return { ...room, name: name.trim() === '' ? room.code : name.trim() };
}

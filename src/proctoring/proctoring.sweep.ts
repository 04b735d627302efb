import type { Ctx } from '../platform/context.ts';
import { startSweep, type Sweep } from '../platform/leases.ts';
import { setRoomGate } from '../sitting/rooms.service.ts';
import { startGate } from './opening.service.ts';
import { watchAll } from './watch-all.service.ts';

/** How often the staffing of all open rooms is looked at, ms. */
export const WATCH_MS = 1_000;

/** Starts the watch over staffing, and puts it before every start of a room. */
export function proctoringSweeps(ctx: Ctx): readonly Sweep[] {
  setRoomGate(startGate);
  return [startSweep(ctx, 'proctoring.staffing', WATCH_MS, () => watchAll(ctx))];
}

import { AccountModel } from '../people/account.model.ts';
import type { SeatView } from '../sitting/attempt.contract.ts';
import { hasEnded } from '../sitting/attempt.rules.ts';
import { acksOf } from '../sitting/ledger-ack.service.ts';
import type { LedgerEntry } from '../sitting/ledger.model.ts';
import { ledgerOfRoom } from '../sitting/ledger.service.ts';
import type { LedgerView } from './proctoring.views.contract.ts';

/** Whom a change of time concerns in this room, and whose page shows it. Those who had finished before no longer count. */
function readBy(
  { scope, scopeId }: LedgerEntry,
  acknowledged: ReadonlySet<string>,
  seats: readonly SeatView[],
): Pick<LedgerView, 'acknowledged' | 'of' | 'waitingFor'> {
  const concerned = seats.filter(({ attemptId }) => scope !== 'candidate' || attemptId === scopeId);
  const read = concerned.filter(({ attemptId }) => acknowledged.has(attemptId));
  const waiting = concerned.filter((seat) => !read.includes(seat) && !hasEnded(seat.state));
  return {
    acknowledged: read.length,
    of: read.length + waiting.length,
    waitingFor: waiting.map(({ attemptId }) => attemptId),
  };
}

/** All changes of time that concern a room, oldest first, each acknowledged by n of m. */
export async function ledgerViews(roomId: string, seats: readonly SeatView[]): Promise<LedgerView[]> {
  const entries = await ledgerOfRoom(roomId);
  const acks = await acksOf(entries.map(({ _id }) => _id));
  const ids = [...new Set(entries.map(({ by }) => by.replace(/^account:/, '')))];
  const accounts = await AccountModel.find({ _id: { $in: ids } }, { name: 1 }).lean();
  const names = new Map(accounts.map(({ _id, name }) => [`account:${_id}`, name]));
  return entries.map((entry) => {
    const { _id, scope, scopeId, minutes, kind, reason, by, at } = entry;
    return {
      id: _id,
      scope,
      scopeId,
      minutes,
      kind,
      reason,
      byName: names.get(by) ?? by,
      at,
      ...readBy(entry, acks.get(_id) ?? new Set(), seats),
    };
  });
}

import type { AttemptView, TimeChanged } from '../../sitting/attempt.contract.ts';
import type { RoomChanged } from '../../sitting/sitting.contract.ts';

/** The attempt after a change of time: the new deadline and entries at once, without asking the server. */
export function withTime(attempt: AttemptView, { version, deadline, entries }: TimeChanged): AttemptView {
  if (version < attempt.version) return attempt;
  const news = entries.filter(({ id }) => !attempt.ledger.some((line) => line.id === id));
  return {
    ...attempt,
    version,
    ...(deadline === undefined ? {} : { deadline }),
    ledger: [...attempt.ledger, ...news],
  };
}

/** The attempt after a change of its room: the start above all must not wait for a question and an answer. */
export function withRoom(attempt: AttemptView, { roomId, state, version }: RoomChanged): AttemptView {
  const { room } = attempt;
  if (roomId !== room.id || version < room.version) return attempt;
  return { ...attempt, room: { ...room, state, version } };
}

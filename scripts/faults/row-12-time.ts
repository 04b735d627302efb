import { seeded } from '../../src/shared/seeded.ts';
import type { AttemptView } from '../../src/sitting/attempt.contract.ts';
import { AttemptModel, type Attempt } from '../../src/sitting/attempt.model.ts';
import { moveAttempt } from '../../src/sitting/attempts.service.ts';
import { appendLedger } from '../../src/sitting/ledger.service.ts';
import { LedgerEntryModel, type LedgerEntry } from '../../src/sitting/ledger.model.ts';
import { RoomModel, type Room } from '../../src/sitting/room.model.ts';
import { moveRoom } from '../../src/sitting/rooms.service.ts';
import { SittingModel } from '../../src/sitting/sitting.model.ts';
import type { TestSitting } from '../../test/support/sitting.ts';
import { pause, sideBySide } from '../lab/side-by-side.ts';
import { openClassroom, type Classroom, type WirePage } from './classroom.ts';
import { type Findings, waitUntil, type Row } from './row.ts';

const MINUTE = 60_000;
const BY = 'faults';

/** What the ledger says of an attempt, reckoned here a second time and from nothing but entries and starts. */
function reckonDeadline(
  attempt: Attempt,
  room: Room,
  minutes: number,
  entries: readonly LedgerEntry[],
): number {
  const given = entries
    .filter(({ scopeId }) => [attempt._id, attempt.roomId, attempt.sittingId].includes(scopeId))
    .reduce((sum, entry) => sum + entry.minutes, 0);
  return (room.startedAt ?? 0) + Math.round((minutes + Math.max(0, given)) * MINUTE);
}

/** One room whose time is given, taken and stopped around the deadline, by seed. */
class RoomOfTime {
  readonly #room: Classroom;
  readonly #sitting: TestSitting;
  readonly #pages: WirePage[];
  readonly #chance: () => number;
  readonly #findings: Findings;
  refusals = 0;
  changes = 0;

  constructor(room: Classroom, sitting: TestSitting, findings: Findings) {
    this.#room = room;
    this.#sitting = sitting;
    this.#findings = findings;
    this.#pages = room.pages.filter((page) => room.personOf(page).sitting === sitting);
    this.#chance = seeded(`time-${sitting.people[0]?.seat ?? 0}-${room.sittings.indexOf(sitting)}`);
  }

  /** What staff may or may not do at this moment; what is refused must change nothing, which the later checks see. */
  async change(): Promise<void> {
    const { ctx } = this.#room.app;
    const { sittingId, roomId } = this.#sitting;
    const page = this.#pages[Math.floor(this.#chance() * this.#pages.length)];
    const attemptId = page?.attemptId ?? '';
    const scope = this.#chance() < 0.7 ? 'candidate' : 'room';
    const give = (minutes: number) =>
      appendLedger(ctx, {
        sittingId,
        scope,
        scopeId: scope === 'room' ? roomId : attemptId,
        minutes,
        kind: minutes < 0 ? 'correction' : 'incident',
        reason: BY,
        by: BY,
      });
    const acts = [
      () => give(1 + Math.floor(this.#chance() * 5)),
      () => give(-1 - Math.floor(this.#chance() * 5)),
      () => moveAttempt(ctx, { attemptId, command: 'pause', by: BY }),
      () => moveAttempt(ctx, { attemptId, command: 'resume', by: BY }),
      () => moveRoom(ctx, { roomId, command: 'hold', by: BY }),
      () => moveRoom(ctx, { roomId, command: 'resume', by: BY }),
    ];
    this.changes += 1;
    await acts[Math.floor(this.#chance() * acts.length)]?.().catch(() => (this.refusals += 1));
  }

  /** Lets everything run on, so that the room can end. */
  async release(): Promise<void> {
    const { ctx } = this.#room.app;
    const { roomId } = this.#sitting;
    await moveRoom(ctx, { roomId, command: 'resume', by: BY }).catch(() => undefined);
    for (const { attemptId } of this.#pages)
      await moveAttempt(ctx, { attemptId, command: 'resume', by: BY }).catch(() => undefined);
  }

  /** Nobody was collected before their own time and the grace were over; nobody sees a negative time. */
  async check(): Promise<void> {
    const { sittingId, roomId } = this.#sitting;
    const [attempts, room, sitting, entries] = await Promise.all([
      AttemptModel.find({ roomId }).lean(),
      RoomModel.findById(roomId).lean(),
      SittingModel.findById(sittingId).lean(),
      LedgerEntryModel.find({ sittingId }).lean(),
    ]);
    if (room === null || sitting === null) throw new Error('the room is gone');
    for (const attempt of attempts) {
      const end = attempt.endedAt ?? Infinity;
      // What was given to the room after somebody's end is not theirs.
      const own = entries.filter(({ at }) => at <= end);
      const deadline = reckonDeadline(attempt, room, sitting.minutes, own);
      this.#findings.must(
        end > deadline + sitting.terms.graceSeconds * 1_000,
        `${attempt._id} was collected ${Math.round((end - deadline) / 1000)} s after its deadline, within the grace`,
      );
      this.#findings.must(
        Number.isFinite(end) || attempt.deadline === reckonDeadline(attempt, room, sitting.minutes, entries),
        `${attempt._id}: the stored deadline is not the ledger's`,
      );
    }
    await this.#checkViews();
  }

  async #checkViews(): Promise<void> {
    for (const page of this.#pages) {
      const { status, body } = await page.own<AttemptView>('GET', '');
      this.#findings.must(status === 200, `the view was refused: ${status}`);
      this.#findings.must((body.remainingMs ?? 0) >= 0, `negative time: ${body.remainingMs} ms`);
      const base = (body.room.startedAt ?? 0) + body.minutes * MINUTE;
      this.#findings.must((body.deadline ?? 0) >= base, 'less than the minutes of the paper');
    }
  }
}

/** To one second before the deadline of whoever is left with the least time. Undefined: everybody has ended. */
async function secondBefore(room: Classroom): Promise<number | undefined> {
  const live = await AttemptModel.find({ state: { $in: ['answering', 'paused'] } }, { deadline: 1 }).lean();
  const next = Math.min(...live.map(({ deadline }) => deadline ?? Infinity));
  return Number.isFinite(next) ? Math.max(0, next - 1_000 - room.app.clock.now()) : undefined;
}

/** Waits until whoever's time and grace are over has been collected: staff who give time then are too late (docs/faults.md). */
async function collected(room: Classroom): Promise<void> {
  const sitting = await SittingModel.findOne({}).lean();
  const graceMs = (sitting?.terms.graceSeconds ?? 0) * 1_000;
  await waitUntil(
    async () => {
      const over = room.app.clock.now() - graceMs;
      const running = await RoomModel.distinct('_id', { state: 'running' });
      const due = { roomId: { $in: running }, state: 'answering', deadline: { $lt: over } } as const;
      return (await AttemptModel.countDocuments(due)) === 0;
    },
    10_000,
    20,
  );
}

async function walkTime(room: Classroom, rounds: number, findings: Findings): Promise<RoomOfTime[]> {
  const rooms = room.sittings.map((sitting) => new RoomOfTime(room, sitting, findings));
  const chance = seeded('time');
  for (let round = 0; round < rounds; round += 1) {
    const ahead = await secondBefore(room);
    if (ahead === undefined) break;
    // To a second before the deadline; in some rounds across it.
    room.app.clock.advance(chance() < 0.6 ? ahead : chance() * 4 * MINUTE);
    await collected(room);
    await sideBySide(rooms, rooms.length, (one) => one.change());
    if (round % 5 === 0) await sideBySide(rooms, rooms.length, (one) => one.check());
  }
  return rooms;
}

export const row12: Row = {
  row: 12,
  fault: 'time added at −1 s, removed, paused across the deadline',
  minutes: { full: 10, short: 4 },
  async run({ short, log }, findings) {
    const size = short ? { candidates: 12, rooms: 2 } : { candidates: 300, rooms: 10 };
    const room = await openClassroom(size);
    try {
      const rooms = await walkTime(room, short ? 30 : 200, findings);
      log('the time was changed');
      for (const one of rooms) await one.release();
      for (let i = 0; i < 100; i += 1) {
        const ahead = await secondBefore(room);
        if (ahead === undefined) break;
        room.app.clock.advance(ahead + 4 * MINUTE);
        await pause(100);
      }
      const ended = await waitUntil(
        async () => (await RoomModel.countDocuments({ state: { $ne: 'collected' } })) === 0,
        30_000,
        250,
      );
      findings.must(Number.isFinite(ended), 'a room did not end after its last deadline');
      for (const one of rooms) await one.check();
      const collected = await AttemptModel.countDocuments({ state: 'collected' });
      findings.must(collected === size.candidates, `${collected} of ${size.candidates} were collected`);
      const sum = (of: (one: RoomOfTime) => number): number =>
        rooms.reduce((total, one) => total + of(one), 0);
      findings.note({
        ...size,
        changes: sum(({ changes }) => changes),
        refused: sum(({ refusals }) => refusals),
        collected,
      });
      findings.must(sum(({ changes, refusals }) => changes - refusals) > 0, 'no change was taken');
    } finally {
      await room.close();
    }
  },
};

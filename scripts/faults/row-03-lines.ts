import type { SeatView } from '../../src/sitting/attempt.contract.ts';
import { isPassing, type LabAnswer, type LabCandidate } from '../lab/candidate.ts';
import { Refused } from '../lab/http.ts';
import { pause, sideBySide } from '../lab/side-by-side.ts';
import { LabSitting } from './lab-sitting.ts';
import { FaultProxy, type LineState } from './proxy.ts';
import { type Findings, waitUntil, type Row, type RowOptions } from './row.ts';
import { letType } from './typists.ts';

/** A console shows a dead line within this time (the table's bound), ms. */
const MISSING_MS = 10_000;
/** Everything is at the server this long after the line is back, ms. */
const DRAINED_MS = 15_000;
const MINUTE = 60_000;
/** The room whose line fails. */
const BEHIND = 'R001';

/** A room whose line fails, and the others. */
class FailingRoom {
  readonly sitting: LabSitting;
  readonly proxy: FaultProxy;
  readonly people: LabCandidate[];
  readonly findings: Findings;

  constructor(sitting: LabSitting, proxy: FaultProxy, findings: Findings) {
    this.sitting = sitting;
    this.proxy = proxy;
    this.findings = findings;
    this.people = sitting.people.filter(({ ticket }) => ticket.roomCode === BEHIND);
  }

  async seats(): Promise<SeatView[]> {
    const { exam } = this.sitting;
    const room = exam.rooms.find(({ code }) => code === BEHIND);
    if (room === undefined) throw new Error(`no room ${BEHIND}`);
    const chief = await exam.chief(room);
    return (await chief.get<{ seats: SeatView[] }>(`/api/rooms/${room.id}/console`)).seats;
  }

  /** The line fails for `ms` while everybody types (and the server's clock goes on by `jumpMinutes`), then is back. */
  async fail(name: string, state: LineState, ms: number, jumpMinutes = 0): Promise<void> {
    const { sitting, proxy, people, findings } = this;
    const typists = letType(sitting, people, 800);
    await pause(1_000);
    proxy.set(state);
    const since = performance.now();
    if (ms >= MISSING_MS) {
      const missing = await waitUntil(
        async () => (await this.seats()).every(({ line }) => !line.connected),
        MISSING_MS * 3,
        200,
      );
      findings.within(`${name}MissingMs`, missing, MISSING_MS);
    }
    if (jumpMinutes > 0) await sitting.exam.advance(jumpMinutes);
    await pause(Math.max(0, ms - (performance.now() - since)));
    proxy.set('up');
    const back = performance.now();
    const drained = await waitUntil(
      () => typists.list.every(({ acknowledgedAt, person }) => acknowledgedAt > back && person.connected),
      60_000,
    );
    await typists.stop();
    findings.within(`${name}DrainedMs`, drained, DRAINED_MS);
    findings.must(
      typists.list.every(({ refusal }) => refusal === undefined),
      `${name}: an answer was refused after the line was back`,
    );
  }
}

/** Sends until the server has answered; its refusal, or undefined when it has taken them. */
async function deliver(person: LabCandidate, answers: readonly LabAnswer[]): Promise<Refused | undefined> {
  for (let round = 0; round < 100; round += 1) {
    try {
      await person.send(answers);
      return undefined;
    } catch (error) {
      if (error instanceof Refused && !isPassing(error)) return error;
      await pause(100);
    }
  }
  throw new Error('the line did not come back');
}

/**
 * The line is cut across the deadline: answers given before it count when they arrive within the grace; those that come later
 * are refused, kept as evidence and shown.
 */
async function cutAtDeadline(room: FailingRoom): Promise<void> {
  const { sitting, proxy, people, findings } = room;
  const { exam } = sitting;
  const views = await sideBySide(people, 16, (one) => one.view());
  const deadline = Math.max(...views.map((view) => view.deadline ?? 0));
  const grace = views[0]?.limits.graceMs ?? 0;
  await exam.advance((deadline - (await exam.now()) - 3_000) / MINUTE);
  proxy.set('cut');
  const given = people.map((person) => ({ person, answers: [sitting.nextAnswer(person)] }));
  await exam.advance((deadline - (await exam.now()) + 2_000) / MINUTE);
  proxy.set('up');
  const half = Math.ceil(given.length / 2);
  const inGrace = await sideBySide(given.slice(0, half), 16, ({ person, answers }) =>
    deliver(person, answers),
  );
  findings.must(
    inGrace.every((refusal) => refusal === undefined),
    'an answer within the grace was refused',
  );
  await exam.advance((deadline + grace - (await exam.now()) + 2_000) / MINUTE);
  const late = await sideBySide(given.slice(half), 16, ({ person, answers }) => deliver(person, answers));
  findings.must(
    late.every((refusal) => refusal?.code === 'sitting.time-over'),
    'an answer after the grace was not refused as late',
  );
  const shown = await waitUntil(async () => {
    const seats = await room.seats();
    return given.slice(half).every(({ person }) => {
      const seat = seats.find(({ attemptId }) => attemptId === person.ticket.attemptId);
      return seat?.state === 'collected' && (seat.late?.items ?? 0) > 0;
    });
  }, 15_000);
  findings.must(Number.isFinite(shown), 'late answers were not kept and shown as evidence');
  findings.note({ arrivedInGrace: inGrace.length, keptAsLate: late.length });
}

async function failEveryWay(room: FailingRoom, { short, log }: RowOptions): Promise<void> {
  await room.fail('cut1s', 'cut', 1_000);
  log('cut for 1 s');
  if (!short) await room.fail('cut30s', 'cut', 30_000);
  log('cut for longer');
  await room.fail('halfOpen', 'half-open', short ? MISSING_MS : 30_000);
  log('half open');
  await room.fail('cut30min', 'cut', 2_000, 30);
  log('cut for 30 minutes of the server’s time');
  await cutAtDeadline(room);
  log('cut at the deadline');
}

export const row3: Row = {
  row: 3,
  fault: 'line cut for 1 s, 30 s, 30 min, at the deadline; half-open line',
  minutes: { full: 15, short: 4 },
  async run(options, findings) {
    const { short, log } = options;
    const perRoom = short ? 6 : 30;
    let proxy: FaultProxy | undefined;
    let lineUrl: Promise<string> | undefined;
    const sitting = await LabSitting.open({
      candidates: short ? 12 : 300,
      roomSize: perRoom,
      timeoutMs: 5_000,
      say: log,
      urlOf({ roomCode }, url) {
        if (roomCode !== BEHIND) return url;
        proxy ??= new FaultProxy(url, 'row 3');
        lineUrl ??= proxy.open();
        return lineUrl;
      },
    });
    try {
      if (proxy === undefined) throw new Error('nobody sits behind the line');
      const others = letType(
        sitting,
        sitting.people.filter(({ ticket }) => ticket.roomCode !== BEHIND),
        2_000,
      );
      await failEveryWay(new FailingRoom(sitting, proxy, findings), options);
      await others.stop();
      const late = others.list.filter(
        ({ refusal }) => refusal !== undefined && !refusal.message.includes('time-over'),
      );
      findings.must(late.length === 0, `the other rooms were disturbed: ${late[0]?.refusal?.message ?? ''}`);
      findings.note({ candidates: sitting.people.length, behindTheLine: perRoom });
      await sitting.check(findings);
    } finally {
      await sitting.close();
      await proxy?.close();
    }
  },
};

import mongoose from 'mongoose';
import { Refused } from '../lab/http.ts';
import { pause } from '../lab/side-by-side.ts';
import { buildDisk, type DiskMode, type FailingDisk } from './preload.ts';
import { LabSitting } from './lab-sitting.ts';
import { type Findings, waitUntil, type Row } from './row.ts';
import { letType, type Acknowledged } from './typists.ts';

/** Everybody's answers are at the server this long after the fault (the table's bound), ms. */
const DRAINED_MS = 10_000;
/** What was on its way when the fault began is answered by then, ms. */
const SETTLE_MS = 1_500;
const SYNC_MS = 2_000;
/** SQLite's "disk full" as the store tells it. */
const OUT_OF_DISK = 14_031;
const WRITES = ['insert', 'update', 'delete', 'findAndModify', 'bulkWrite', 'commitTransaction'];

/** A fault of the store: how it begins and ends. */
interface StoreFault {
  name: string;
  begin(): void | Promise<void>;
  end(): void | Promise<void>;
  /** Answers still get through, each after a sync of `SYNC_MS`. */
  slow?: boolean;
}

async function failPoint(sitting: LabSitting, point: object): Promise<void> {
  const client = await new mongoose.mongo.MongoClient(sitting.server.storeUri).connect();
  await client.db('admin').command(point);
  await client.close();
}

/** The store refuses every write. */
const refusing = (sitting: LabSitting): StoreFault => ({
  name: 'refused',
  begin: () =>
    failPoint(sitting, {
      configureFailPoint: 'failCommand',
      mode: 'alwaysOn',
      data: { failCommands: WRITES, errorCode: OUT_OF_DISK },
    }),
  end: () => failPoint(sitting, { configureFailPoint: 'failCommand', mode: 'off' }),
});

const ofDisk = (disk: FailingDisk, name: string, mode: DiskMode): StoreFault => ({
  name,
  begin: () => {
    disk.set(mode);
  },
  end: () => {
    disk.set('ok');
  },
  ...(mode.startsWith('slow') ? { slow: true } : {}),
});

/** What must hold of the acknowledgements that came while the fault lasted. */
function judgeAcks(fault: StoreFault, acks: readonly Acknowledged[], from: number, findings: Findings): void {
  const during = acks.filter(({ sentAt }) => sentAt > from);
  findings.note({ [`${fault.name}Acks`]: during.length });
  if (fault.slow !== true) {
    findings.must(
      during.length === 0,
      `${fault.name}: ${during.length} acknowledged although nothing could be written`,
    );
    return;
  }
  const quickest = Math.min(...during.map(({ sentAt, at }) => at - sentAt));
  findings.note({ [`${fault.name}QuickestMs`]: Math.round(quickest) });
  findings.must(during.length > 0, `${fault.name}: nothing got through a slow disk`);
  findings.must(quickest >= SYNC_MS - 5, `${fault.name}: acknowledged after ${quickest} ms, before its sync`);
}

/** The fault lasts `ms` while everybody types. With `kill`, the server dies in the middle of it, and is started again. */
async function suffer(
  sitting: LabSitting,
  fault: StoreFault,
  ms: number,
  findings: Findings,
  kill = false,
): Promise<void> {
  const acks: Acknowledged[] = [];
  const heard = new Set<string>();
  const typists = letType(sitting, sitting.people, 700, {
    acknowledged: (ack) => acks.push(ack),
    unanswered: (error) =>
      heard.add(error instanceof Refused ? `${error.status} ${error.code}` : 'no answer'),
  });
  await pause(1_500);
  await fault.begin();
  const from = performance.now();
  await pause(ms);
  const seen = acks.filter(({ at }) => at > from + (fault.slow === true ? 0 : SETTLE_MS));
  judgeAcks(fault, seen, from, findings);
  const told = [...heard];
  if (kill) await sitting.server.kill();
  await fault.end();
  if (kill) await sitting.server.restart();
  const healed = performance.now();
  const drained = await waitUntil(
    () => typists.list.every(({ acknowledgedAt }) => acknowledgedAt > healed),
    60_000,
  );
  await typists.stop();
  findings.within(`${fault.name}${kill ? 'Killed' : ''}DrainedMs`, drained, DRAINED_MS);
  if (fault.slow !== true)
    findings.must(
      told.includes('503 platform.overloaded'),
      `${fault.name}: clients were not told (${told.join(', ')})`,
    );
  const refused = typists.list.find(({ refusal }) => refusal !== undefined);
  findings.must(
    refused === undefined,
    `${fault.name}: an answer was refused for good: ${refused?.refusal?.message ?? ''}`,
  );
}

export const row2: Row = {
  row: 2,
  fault: 'the store refuses writes for 60 s; disk full; broken and slow syncs',
  minutes: { full: 20, short: 4 },
  async run({ short, log }, findings) {
    const disk = buildDisk();
    const sitting = await LabSitting.open({
      candidates: short ? 12 : 300,
      roomSize: short ? 12 : 30,
      server: { env: disk.env },
      timeoutMs: 15_000,
      say: log,
    });
    const ms: Record<string, number> & { other: number } = short
      ? { other: 3_000, slow: 10_000 }
      : { other: 20_000, refused: 60_000 };
    try {
      findings.note({
        candidates: sitting.people.length,
      });
      const faults = [
        refusing(sitting),
        ofDisk(disk, 'full', 'full'),
        ofDisk(disk, 'slow', 'slow 2000'),
        ...(short ? [] : [ofDisk(disk, 'broken', 'broken')]),
      ];
      for (const fault of faults) {
        await suffer(sitting, fault, ms[fault.name] ?? ms.other, findings);
        log(`${fault.name}: over`);
      }
      for (const fault of short ? [] : faults.slice(1)) {
        await suffer(sitting, fault, ms.other, findings, true);
        log(`${fault.name}, and kill -9 in it: over`);
      }
      await suffer(sitting, ofDisk(disk, 'lastFull', 'full'), 3_000, findings, true);
      await sitting.check(findings);
    } finally {
      await sitting.close();
    }
  },
};

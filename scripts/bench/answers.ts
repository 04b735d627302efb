/**
 * `npm run bench:answers -- --candidates N --seconds S [--closed] [--every 5000]`: the hot path beside a baseline, in one run.
 * Starts the server on a fresh store as a process of its own, and drives N candidates from this one: sign-in, sealed paper,
 * start in the same second, saves (with think time, or `--closed`: the next as soon as the last is acknowledged), hand-in
 * within five seconds. The last line on stdout is one JSON document; docs/benchmarks.md says what its fields mean.
 */
import { monitorEventLoopDelay } from 'node:perf_hooks';
import os from 'node:os';
import { parseArgs } from 'node:util';
import { LabServer } from '../lab/server.ts';
import { echoRate } from './answers/echo.ts';
import { compareStored, fillHall, handInTogether, startTogether } from './answers/exam-hall.ts';
import { percentile } from './answers/percentile.ts';
import { Answering, type SavingTally } from './answers/saving.ts';

const { values } = parseArgs({
  options: {
    candidates: { type: 'string', default: '300' },
    seconds: { type: 'string', default: '30' },
    every: { type: 'string', default: '5000' },
    closed: { type: 'boolean', default: false },
    /** Leaves out the pages' sockets and polls. */
    'no-live': { type: 'boolean', default: false },
    /** Writes CPU profiles of the server to this folder. */
    profile: { type: 'string' },
  },
});
const candidates = Number(values.candidates);
const seconds = Number(values.seconds);
const everyMs = Number(values.every);
/** Of the closed loop that a run with think time adds for the ratio, and of each half of the echo, s. */
const LOOP_SECONDS = Math.min(10, seconds);
const ECHO_SECONDS = 5;
const since = performance.now();
const say = (words: string): void => {
  console.error(`${((performance.now() - since) / 1000).toFixed(1).padStart(7)} s  ${words}`);
};
const round = (value: number): number => Math.round(value * 10) / 10;
const perSecond = ({ latencies, seconds: length }: SavingTally): number => latencies.length / length;

/** What the server used while `work` ran. */
async function measured(
  server: LabServer,
  work: () => Promise<SavingTally>,
): Promise<{ tally: SavingTally; cpuMicrosPerSave: number; lagP99: number; rssMb: number }> {
  await server.diagnostics(true);
  const before = server.usage();
  const tally = await work();
  const { cpuMicros, mainCpuMicros, rssMb } = server.usage();
  const { lag } = await server.diagnostics();
  const saves = tally.latencies.length;
  say(`server CPU a save: main thread ${Math.round((mainCpuMicros - before.mainCpuMicros) / saves)} µs`);
  return {
    tally,
    cpuMicrosPerSave: Math.round((cpuMicros - before.cpuMicros) / saves),
    lagP99: lag.p99,
    rssMb,
  };
}

async function run(server: LabServer): Promise<Record<string, number | string>> {
  const hall = await fillHall(server, candidates, !values['no-live'], say);
  const { exam, people } = hall;
  say('everybody is connected');
  await exam.start();
  say('rooms run');
  const starts = await startTogether(people);
  say(`started: paper p95 ${percentile(starts, 95)} ms`);
  const answering = new Answering(people);
  const work = values.closed
    ? () => answering.closedLoop(seconds)
    : () => answering.thinking(seconds, everyMs);
  const own = monitorEventLoopDelay({ resolution: 5 });
  own.enable();
  const { tally, cpuMicrosPerSave, lagP99, rssMb } = await measured(server, work);
  const clientLagP99 = round(own.percentile(99) / 1e6 - 5);
  say(
    `${tally.latencies.length} saves, ${tally.retried} sent again; client's own lag p99 ${clientLagP99} ms`,
  );
  const loop = values.closed ? tally : await answering.closedLoop(LOOP_SECONDS);
  say(`closed loop: ${Math.round(perSecond(loop))} saves/s`);
  await exam.advance(exam.minutes / 2);
  const handIns = await handInTogether(people);
  say(`handed in: p99 ${percentile(handIns, 99)} ms`);
  const rows = await compareStored(answering.acknowledged);
  exam.close();
  await Promise.all(people.map((one) => one.close()));
  return {
    mode: values.closed ? 'closed loop' : `every ${everyMs} ms`,
    candidates,
    savesPerSecond: round(perSecond(tally)),
    p50: percentile(tally.latencies, 50),
    p95: percentile(tally.latencies, 95),
    p99: percentile(tally.latencies, 99),
    cpuMicrosPerSave,
    loopLagP99: lagP99,
    rssMb,
    startP95: percentile(starts, 95),
    handInP99: percentile(handIns, 99),
    ...rows,
    closedPerSecond: round(perSecond(loop)),
    clientLagP99,
  };
}

say(`${candidates} candidates; echo first`);
const echoBefore = await echoRate(candidates, ECHO_SECONDS);
say(`echo: ${Math.round(echoBefore)} a second`);
const profile =
  values.profile === undefined
    ? []
    : ['--cpu-prof', `--cpu-prof-dir=${values.profile}`, '--cpu-prof-interval=500'];
const server = await LabServer.start({ nodeOptions: profile });
say('server up');
const figures = await run(server);
await server.stop();
await server.dispose();
const echoAfter = await echoRate(candidates, ECHO_SECONDS);
say(`echo again: ${Math.round(echoAfter)} a second`);
const echoPerSecond = (echoBefore + echoAfter) / 2;
const ratio = Math.round((Number(figures['closedPerSecond']) / echoPerSecond) * 1000) / 1000;
console.log(
  JSON.stringify({
    ...figures,
    echoPerSecond: round(echoPerSecond),
    ratio,
    cores: os.availableParallelism(),
  }),
);
process.exit(figures['acknowledged'] === figures['rowsStored'] ? 0 : 1);

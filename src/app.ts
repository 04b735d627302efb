import { readFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import { createServer as createTlsServer } from 'node:https';
import express from 'express';
import type { Config } from './config.ts';
import { certificateRoutes, certificateSweeps } from './certificate/certificate.routes.ts';
import { createAudit } from './platform/audit/audit.service.ts';
import { isMovable, movableClock, steadyClock, type Clock } from './platform/clock.ts';
import type { Ctx } from './platform/context.ts';
import { openDatabase } from './platform/database.ts';
import { mountRoutes } from './platform/http/mount.ts';
import { problemHandler, sendProblem } from './platform/http/problem.ts';
import { pageHeaders } from './platform/http/page-headers.ts';
import { servePages } from './platform/http/pages.ts';
import { startSweep, type Sweep } from './platform/leases.ts';
import { LiveServer } from './platform/live/live.ts';
import { createLogger } from './platform/log.ts';
import { systemRandom } from './platform/random.ts';
import type { Stage } from './platform/stage.ts';
import type { EmbeddedStore } from './platform/store/index.ts';
import { peopleRoutes } from './people/people.routes.ts';
import { assemblyRoutes } from './assembly/assembly.routes.ts';
import { bankRoutes } from './bank/bank.routes.ts';
import { attemptRoutes } from './sitting/attempt.routes.ts';
import { scheduleRoutes } from './sitting/schedule.routes.ts';
import { sittingHooks } from './sitting/sitting.live.ts';
import { sittingSweeps } from './sitting/sitting.sweep.ts';
import { proctoringEvents } from './proctoring/proctoring.live.ts';
import { proctoringRoutes } from './proctoring/proctoring.routes.ts';
import { proctoringSweeps } from './proctoring/proctoring.sweep.ts';
import { markingRoutes } from './marking/marking.routes.ts';
import { reviewRoutes } from './review/review.routes.ts';
import { resultsRoutes } from './results/results.routes.ts';
import { sweepReleases } from './results/results.service.ts';
import { AppError } from './shared/errors/index.ts';

/** The exam, in order. */
export const STAGES: readonly Stage[] = [
  { name: 'people', routes: peopleRoutes },
  { name: 'bank', routes: bankRoutes },
  { name: 'assembly', routes: assemblyRoutes },
  {
    name: 'sitting',
    routes: [...scheduleRoutes, ...attemptRoutes],
    hooks: [sittingHooks],
    sweeps: sittingSweeps,
  },
  { name: 'proctoring', routes: proctoringRoutes, events: proctoringEvents, sweeps: proctoringSweeps },
  { name: 'marking', routes: markingRoutes },
  { name: 'review', routes: reviewRoutes },
  {
    name: 'results',
    routes: resultsRoutes,
    sweeps: (ctx) => [startSweep(ctx, 'results.releases', 1_000, () => sweepReleases(ctx))],
  },
  { name: 'certificate', routes: certificateRoutes, sweeps: certificateSweeps },
];

/**
 * How long an idle connection is kept, ms: longer than a candidate thinks about a question, so that an answer finds the line
 * open, and does not meet a line that the server is just closing.
 */
const KEEP_ALIVE_MS = 75_000;

/** A running application. */
export interface App {
  ctx: Ctx;
  /** The embedded store, where there is one. */
  store: EmbeddedStore | undefined;
  server: Server;
  /** Address it listens on, such as http://127.0.0.1:8080; https where a certificate is configured. */
  url: string;
  close(): Promise<void>;
}

/** Starts the whole product. A `clock` given (by tests) wins over the configured one. */
export async function startApp(config: Config, options: { clock?: Clock } = {}): Promise<App> {
  const log = createLogger(config.logLevel);
  const { mongodbUri, dataDir, lab } = config;
  const database = await openDatabase({ mongodbUri, dataDir, faults: lab, log });
  const clock = options.clock ?? openClock(config);
  const live = new LiveServer();
  const ctx: Ctx = {
    config,
    clock,
    random: systemRandom,
    log,
    live,
    audit: createAudit(clock),
    transact: database.transact,
    servingSince: clock.now(),
  };
  const server = createListener(config, buildExpress(ctx));
  live.attach(
    server,
    ctx,
    STAGES.flatMap((s) => s.events ?? []),
    STAGES.flatMap((s) => s.hooks ?? []),
  );
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(config.port, config.host, resolve);
  });
  const address = server.address();
  const port = typeof address === 'object' && address !== null ? address.port : config.port;
  const sweeps = STAGES.flatMap((stage) => stage.sweeps?.(ctx) ?? []);
  if (isMovable(clock)) runWhenMoved(clock.onAdvance, sweeps);
  return {
    ctx,
    store: database.store,
    server,
    url: `${config.tls === undefined ? 'http' : 'https'}://${config.host}:${port}`,
    async close() {
      await Promise.all(sweeps.map((sweep) => sweep.stop()));
      await closeListener(server, live);
      await database.close();
    },
  };
}

/** How long requests that are being answered may take at the end, ms. */
const LAST_REQUESTS_MS = 1_000;

/**
 * Takes no new connections, lets requests on their way be answered, and cuts what is left: browsers open connections ahead
 * of need, and one without a request would be waited for over a minute.
 */
async function closeListener(server: Server, live: LiveServer): Promise<void> {
  const closed = new Promise((resolve) => server.close(resolve));
  const late = setTimeout(() => {
    server.closeAllConnections();
  }, LAST_REQUESTS_MS);
  await Promise.all([live.close(), closed]);
  clearTimeout(late);
}

function openClock({ demo, dataDir }: Config): Clock {
  const steady = steadyClock(dataDir);
  return demo ? movableClock(steady, dataDir) : steady;
}

/** One listener: https where a certificate is configured, plain http where not. */
function createListener({ tls }: Config, app: express.Express): Server {
  const options = { keepAliveTimeout: KEEP_ALIVE_MS };
  if (tls === undefined) return createServer(options, app);
  return createTlsServer(
    { ...options, cert: readFileSync(tls.certificate), key: readFileSync(tls.key) },
    app,
  );
}

function runWhenMoved(onAdvance: (listener: () => void) => void, sweeps: readonly Sweep[]): void {
  onAdvance(() => {
    for (const sweep of sweeps) void sweep.run();
  });
}

function buildExpress(ctx: Ctx): express.Express {
  const app = express();
  app.disable('x-powered-by');
  mountRoutes(
    app,
    ctx,
    STAGES.flatMap((stage) => stage.routes),
  );
  app.use('/api', (_request, response) => {
    sendProblem(response, new AppError('platform.not-found'));
  });
  app.use(pageHeaders);
  servePages(app, ctx.config.webDir);
  app.use(problemHandler(ctx));
  return app;
}

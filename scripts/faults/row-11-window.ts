import { startTestApp, type TestApp } from '../../test/support/app.ts';
import { planSitting } from '../../test/support/sitting.ts';
import type { Row } from './row.ts';

/** The small paper's minutes. */
const PAPER = 90;

interface Case {
  window: number;
  accommodation: number;
}

interface Published {
  status: number;
  code: string;
  state: string;
}

/** Publishes a sitting whose template ends after `window` minutes, one of its candidates having extra time. */
async function publish(
  app: TestApp,
  { window, accommodation }: Case,
  candidates: number,
): Promise<Published> {
  const sitting = await planSitting(app, candidates, { accommodation, window, publish: false });
  const path = `/api/sittings/${sitting.sittingId}`;
  const { status, body } = await sitting.officer.post(`${path}/publication`);
  const { state } = (await sitting.officer.get(path)).body as { state: string };
  return { status, code: (body as { code?: string }).code ?? '', state };
}

export const row11: Row = {
  row: 11,
  fault: 'a template ends before the longest individual time',
  minutes: { full: 10, short: 4 },
  async run({ short }, findings) {
    const app = await startTestApp();
    const candidates = short ? 3 : 30;
    const steps = short ? [1, 30, 31] : [1, 15, 29, 30, 31, 45, 60, 90, 120];
    let refused = 0;
    let published = 0;
    try {
      // The windows in their order: a template's next version is the wider one.
      for (const window of [PAPER, PAPER + 30]) {
        for (const accommodation of steps) {
          const { status, code, state } = await publish(app, { window, accommodation }, candidates);
          const where = `${PAPER} + ${accommodation} minutes in ${window}: ${status} ${code}, ${state}`;
          if (PAPER + accommodation <= window) {
            published += 1;
            findings.must(status === 200 && state === 'published', `not published: ${where}`);
          } else {
            refused += 1;
            const right = status === 409 && code === 'sitting.window-too-short' && state === 'draft';
            findings.must(right, `not refused: ${where}`);
          }
        }
      }
      findings.note({ candidates, refused, published });
      findings.must(refused > 0 && published > 0, 'only one outcome was seen');
    } finally {
      await app.close();
    }
  },
};

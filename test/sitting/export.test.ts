import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { expect } from 'chai';
import type { AttemptExport } from '../../src/sitting/attempt.contract.ts';
import { selectSitting } from '../../src/sitting/sittings.service.ts';
import { startTestApp, type TestApp } from '../support/app.ts';
import { answering, openRoom, planSitting, startRoom, until, type TestSitting } from '../support/sitting.ts';

describe('sitting: the export of answers', () => {
  let app: TestApp;
  let sitting: TestSitting;
  const dir = mkdtempSync(join(tmpdir(), 'kaochang-export-'));
  const path = (): string => `/api/sittings/${sitting.sittingId}/answers`;

  before(async () => {
    app = await startTestApp();
    sitting = await planSitting(app, 2);
    await openRoom(app, sitting);
    await startRoom(app, sitting);
  });
  after(async () => {
    rmSync(dir, { recursive: true, force: true });
    await app.close();
  });

  /** The command as an auditor runs it. */
  function verify(items: readonly AttemptExport[]): { status: number | null; printed: object } {
    const file = join(dir, 'export.json');
    writeFileSync(file, JSON.stringify({ items }));
    const run = spawnSync(process.execPath, ['--import', 'tsx', 'scripts/answers-verify.ts', file], {
      cwd: resolve(import.meta.dirname, '../..'),
      encoding: 'utf8',
    });
    return { status: run.status, printed: JSON.parse(run.stdout) as object };
  }

  it('is refused while anybody sits, and to whoever is not an officer or auditor', async () => {
    const refused = await sitting.officer.get(path()).expect(409);
    expect(refused.body.code).to.equal('sitting.not-collected');
    await sitting.staff[0]!.get(path()).expect(403);
  });

  it('lets anybody work out each receipt’s digest again, and finds a changed answer', async () => {
    const [page, second] = [
      await answering(app, sitting, sitting.people[0]!),
      await answering(app, sitting, sitting.people[1]!),
    ];
    await page
      .save([
        { itemId: 'A1.1-006', seq: 3, value: { 2: 'D', 1: 'C' } },
        { itemId: 'A1.1-001', seq: 1, value: 'B' },
        { itemId: 'A1.1-004', seq: 12, value: '-0.50' },
        { itemId: 'A1.1-002', seq: 2, value: null },
      ])
      .expect(200);
    app.clock.advance(31 * 60_000);
    const receipt = (await page.handIn().expect(200)).body;
    await second.handIn().expect(200);
    await until(async () => (await selectSitting(sitting.sittingId)).state === 'collected');

    const auditor = await app.signInAs('auditor');
    const { body } = await auditor.get(path()).expect(200);
    expect(body).to.include({ total: 2 });
    expect(body.items[0].receipt).to.deep.equal(receipt);
    expect(verify(body.items)).to.deep.equal({
      status: 0,
      printed: { attempts: 2, withReceipt: 2, matching: 2, differing: [] },
    });
    const changed = structuredClone(body.items) as AttemptExport[];
    changed[0]!.answers[0]!.value = 'C';
    expect(verify(changed)).to.deep.equal({
      status: 1,
      printed: {
        attempts: 2,
        withReceipt: 2,
        matching: 1,
        differing: [sitting.people[0]!.admissionNumber],
      },
    });
  });
});

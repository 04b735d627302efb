import { expect } from 'chai';
import { runRow } from '../../scripts/faults/row.ts';
import { ROWS } from '../../scripts/faults/rows.ts';

/**
 * The short version of `npm run test:faults`. Here nothing may be lost and no rule broken; how long things take is printed,
 * and held against the table by the full version alone, since it depends on the machine.
 */
describe('faults: the rows of docs/faults.md, short', () => {
  for (const row of ROWS) {
    it(`${row.row}: ${row.fault}`, async function () {
      this.timeout(row.minutes.short * 60_000);
      this.slow(Infinity);
      const findings = await runRow(row, { short: true, log: () => undefined });
      process.stdout.write(`      ${JSON.stringify(findings.figures)}\n`);
      expect(findings.broken.filter(({ kind }) => kind === 'loss').map(({ what }) => what)).to.deep.equal([]);
    });
  }
});

// The spec reporter, which also leaves the counts where scripts/test.mjs reads them.
import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import mocha from 'mocha';

export default class CountingReporter extends mocha.reporters.Spec {
  constructor(runner, options) {
    super(runner, options);
    runner.on('end', () => {
      const path = process.env.MOCHA_REPORT;
      if (path === undefined) return;
      mkdirSync(dirname(path), { recursive: true });
      writeFileSync(path, JSON.stringify({ passes: this.stats.passes, failures: this.stats.failures }));
    });
  }
}

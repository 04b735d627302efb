// The spec reporter, which also leaves the counts where scripts/test.mjs reads them.
const { mkdirSync, writeFileSync } = require('node:fs');
const { dirname } = require('node:path');
const { reporters } = require('mocha');

module.exports = class CountingReporter extends reporters.Spec {
  constructor(runner, options) {
    super(runner, options);
    runner.on('end', () => {
      const path = process.env.MOCHA_REPORT;
      if (path === undefined) return;
      mkdirSync(dirname(path), { recursive: true });
      writeFileSync(path, JSON.stringify({ passes: this.stats.passes, failures: this.stats.failures }));
    });
  }
};

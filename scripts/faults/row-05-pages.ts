import { Findings, type Row } from './row.ts';
import { raceForTheWriting } from './writer-races.ts';

export const row5: Row = {
  row: 5,
  fault: 'browser killed, reload, power cut while typing; another computer; two tabs',
  minutes: { full: 15, short: 4 },
  async run(options) {
    const findings = new Findings();
    await raceForTheWriting(options, findings);
    return findings;
  },
};

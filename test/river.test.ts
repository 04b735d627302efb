import { spawn } from 'node:child_process';
import { resolve } from 'node:path';
import { expect } from 'chai';

interface River {
  levels: {
    level: string;
    candidates: number;
    answersAcknowledged: number;
    answersStored: number;
    handedIn: number;
    passed: number;
    certificates: number;
    signaturesValid: number;
  }[];
  refusals: { rule: string; code: string }[];
}

/** Runs the river as a user does and reads its last line. */
function runRiver(...args: string[]): Promise<{ code: number | null; last: string; output: string }> {
  const child = spawn(process.execPath, ['--import', 'tsx', 'scripts/demo-river.ts', ...args], {
    cwd: resolve(import.meta.dirname, '..'),
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let output = '';
  child.stdout.on('data', (chunk: Buffer) => (output += chunk.toString()));
  child.stderr.on('data', (chunk: Buffer) => (output += chunk.toString()));
  return new Promise((done) => {
    child.once('exit', (code) => {
      done({ code, output, last: output.trim().split('\n').at(-1) ?? '' });
    });
  });
}

describe('the river', () => {
  it('runs a senior examination from bank to verified certificates through the public interface', async function () {
    this.timeout(300_000);
    const { code, last, output } = await runRiver('--levels', 'senior');
    expect(code, output).to.equal(0);
    const { levels, refusals } = JSON.parse(last) as River;
    const [senior] = levels;
    expect(senior).to.include({ level: 'senior', candidates: 30, handedIn: 30 });
    expect(senior?.answersAcknowledged).to.be.above(1000).and.to.equal(senior?.answersStored);
    expect(senior?.certificates)
      .to.be.above(0)
      .and.to.equal(senior?.passed)
      .and.to.equal(senior?.signaturesValid);
    expect(refusals.map((refusal) => refusal.code)).to.include.members([
      'assembly.too-short',
      'proctoring.too-few-invigilators',
      'proctoring.even-examiners',
      'results.not-released',
      'review.panel-even',
      'review.too-early',
    ]);
  });
});

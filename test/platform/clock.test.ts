import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'chai';
import { movableClock, steadyClock, type TimeSources } from '../../src/platform/clock.ts';

const MINUTE = 60_000;

/** A machine whose wall clock can be stepped and whose processes can restart. */
class Machine {
  elapsed = 0;
  wallOffset = 1_700_000_000_000;
  boot: string | undefined = 'boot-1';
  get sources(): TimeSources {
    return {
      wall: () => this.elapsed + this.wallOffset,
      monotonic: () => this.elapsed,
      boot: this.boot,
    };
  }
}

describe('clock: the server’s time', () => {
  const dir = mkdtempSync(join(tmpdir(), 'kaochang-clock-'));
  after(() => rmSync(dir, { recursive: true, force: true }));
  const fresh = (): { machine: Machine; dataDir: string } => ({
    machine: new Machine(),
    dataDir: mkdtempSync(join(dir, 'd')),
  });

  it('begins with the machine’s time and runs with it', () => {
    const { machine } = fresh();
    const clock = steadyClock(undefined, machine.sources);
    expect(clock.now()).to.equal(machine.wallOffset);
    machine.elapsed += 5_000;
    expect(clock.now()).to.equal(machine.wallOffset + 5_000);
  });

  it('is not moved by a step of the machine’s clock, either way, until it is told to follow', () => {
    for (const step of [5 * MINUTE, -5 * MINUTE]) {
      const { machine } = fresh();
      const clock = steadyClock(undefined, machine.sources);
      const before = clock.now();
      machine.wallOffset += step;
      machine.elapsed += 1_000;
      expect(clock.now()).to.equal(before + 1_000);
      expect(clock.follow()).to.equal(step);
      expect(clock.now()).to.equal(before + 1_000 + step);
      expect(clock.follow()).to.equal(0);
    }
  });

  it('goes on with the same time in a process restarted on the same boot, across a step', () => {
    const { machine, dataDir } = fresh();
    const first = steadyClock(dataDir, machine.sources);
    const begun = first.now();
    machine.elapsed += 10 * MINUTE;
    machine.wallOffset -= 5 * MINUTE;
    expect(steadyClock(dataDir, machine.sources).now()).to.equal(begun + 10 * MINUTE);
  });

  it('reads the machine’s time anew after a boot, without a boot’s name, and from a torn file', () => {
    const { machine, dataDir } = fresh();
    steadyClock(dataDir, machine.sources);
    machine.wallOffset += 7 * MINUTE;
    const wall = machine.sources.wall();
    expect(steadyClock(dataDir, { ...machine.sources, boot: 'boot-2' }).now()).to.equal(wall);
    expect(steadyClock(dataDir, { ...machine.sources, boot: undefined }).now()).to.equal(wall);
    writeFileSync(join(dataDir, 'server-clock.json'), '{"boot":"boo');
    expect(steadyClock(dataDir, machine.sources).now()).to.equal(wall);
  });

  it('of a demo moves forward only, and leases do not see it', () => {
    const { machine } = fresh();
    const clock = movableClock(steadyClock(undefined, machine.sources));
    const begun = clock.now();
    clock.advance(-MINUTE);
    clock.advance(MINUTE);
    expect(clock.now()).to.equal(begun + MINUTE);
    expect(clock.machine()).to.equal(begun);
  });
});

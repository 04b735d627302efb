import { IDBFactory } from 'fake-indexeddb';
import { expect } from 'chai';
import { install, inside, Computer, type World } from '../../scripts/faults/walk-surroundings.ts';
import { Outbox } from '../../src/web/candidate/outbox.ts';

describe('web: the disk of a computer with two tabs', () => {
  let takeAway: () => void;
  let outbox: Outbox;
  const world = (): World => ({
    computer: new Computer(),
    fetch: () => Promise.reject(new Error('no line')),
  });

  beforeEach(async () => {
    takeAway = install();
    const here = world();
    expect(here.computer.disk).to.be.instanceOf(IDBFactory);
    outbox = await inside(here, () => Outbox.open('attempt'));
  });
  afterEach(() => {
    outbox.close();
    takeAway();
  });

  it('gives a later change the next number, whichever tab it comes from', async () => {
    expect(await outbox.put({ itemId: 'one', seq: 1, value: 'A', changedAt: 10 })).to.include({ seq: 1 });
    expect(await outbox.put({ itemId: 'one', seq: 1, value: 'B', changedAt: 20 })).to.include({ seq: 2 });
    expect(await outbox.put({ itemId: 'one', seq: 9, value: 'C', changedAt: 30 })).to.include({ seq: 9 });
    expect(await outbox.all()).to.deep.equal([
      { attemptId: 'attempt', itemId: 'one', seq: 9, value: 'C', changedAt: 30, sent: false },
    ]);
  });

  it('keeps a later change when an older one comes once more under a higher number, and puts it above that', async () => {
    await outbox.put({ itemId: 'one', seq: 3, value: 'later', changedAt: 20 });
    await outbox.acknowledge('one', { seq: 3, changedAt: 20 });
    const standing = await outbox.put({ itemId: 'one', seq: 7, value: 'older', changedAt: 10 });
    expect(standing).to.deep.equal({ seq: 8, value: 'later', changedAt: 20 });
    expect(await outbox.all()).to.deep.equal([
      { attemptId: 'attempt', itemId: 'one', seq: 8, value: 'later', changedAt: 20, sent: false },
    ]);
    // Under a lower number it changes nothing.
    expect(await outbox.put({ itemId: 'one', seq: 2, value: 'older', changedAt: 10 })).to.include({ seq: 8 });
  });

  it('marks as sent what was acknowledged, not another answer that has its number', async () => {
    await outbox.put({ itemId: 'one', seq: 3, value: 'A', changedAt: 20 });
    await outbox.acknowledge('one', { seq: 3, changedAt: 10 });
    expect((await outbox.all()).map(({ sent }) => sent)).to.deep.equal([false]);
    await outbox.acknowledge('one', { seq: 3, changedAt: 20 });
    expect((await outbox.all()).map(({ sent }) => sent)).to.deep.equal([true]);
  });

  it('takes what comes for the later where no server has told the time yet', async () => {
    await outbox.put({ itemId: 'one', seq: 3, value: 'A', changedAt: 20 });
    expect(await outbox.put({ itemId: 'one', seq: 1, value: 'B' })).to.deep.equal({ seq: 4, value: 'B' });
  });
});

import { expect } from 'chai';
import { runRounds } from '../../../scripts/faults/store-crash.ts';

describe('kill -9 under load', () => {
  it('loses no acknowledged write in three rounds', async function () {
    this.timeout(120_000);
    const { acknowledged, ...rest } = await runRounds(3);
    expect(rest).to.deep.equal({ rounds: 3, lost: 0, strange: 0, torn: 0 });
    expect(acknowledged).to.be.greaterThan(0);
  });
});

import { createHash } from 'node:crypto';
import { expect } from 'chai';
import fc from 'fast-check';
import { AuditEntryModel, type AuditEntry } from '../../src/platform/audit/audit.model.ts';
import { GENESIS, findChainFault, hashedText } from '../../src/platform/audit/audit.rules.ts';
import { startTestApp, type TestApp } from '../support/app.ts';

const sha256 = (text: string): string => createHash('sha256').update(text).digest('hex');

function chain(length: number): AuditEntry[] {
  const entries: AuditEntry[] = [];
  for (let seq = 1; seq <= length; seq += 1) {
    const fields = {
      seq,
      at: seq * 10,
      actor: 'a',
      action: 'x.y',
      subject: `s:${seq}`,
      facts: { n: seq },
      prev: entries.at(-1)?.hash ?? GENESIS,
    };
    entries.push({ _id: String(seq), ...fields, hash: sha256(hashedText(fields)) });
  }
  return entries;
}

describe('audit chain', () => {
  it('finds the first entry that was edited, deleted or moved', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 3, max: 30 }),
        fc.nat(),
        fc.constantFrom('edit', 'delete', 'swap'),
        (length, where, harm) => {
          const entries = chain(length);
          const at = where % (length - 1);
          const [one, two] = [entries[at], entries[at + 1]] as [AuditEntry, AuditEntry];
          if (harm === 'edit') entries[at] = { ...one, facts: { n: -1 } };
          if (harm === 'delete') entries.splice(at, 1);
          if (harm === 'swap') entries.splice(at, 2, two, one);
          expect(findChainFault(entries, sha256)?.seq).to.equal(at + 1);
        },
      ),
    );
    expect(findChainFault(chain(20), sha256)).to.equal(undefined);
  });

  describe('in the store', () => {
    let app: TestApp;
    before(async () => {
      app = await startTestApp();
    });
    after(() => app.close());

    it('numbers entries without gaps when many write at once, in and out of transactions', async () => {
      const { audit, transact } = app.ctx;
      await Promise.all([
        ...Array.from({ length: 60 }, (_, i) =>
          audit.record({ actor: 'a', action: 'x.busy', subject: `s:${i}` }),
        ),
        ...Array.from({ length: 12 }, (_, i) =>
          transact(async (session) => {
            await audit.append({ actor: 'b', action: 'x.officer', subject: `t:${i}` }, session);
          }),
        ),
      ]);
      expect(await AuditEntryModel.countDocuments({ action: { $in: ['x.busy', 'x.officer'] } })).to.equal(72);
      expect((await audit.verify()).fault).to.equal(undefined);
    });

    it('leaves no entry of a transaction that failed', async () => {
      const { audit, transact } = app.ctx;
      const failed = await transact(async (session) => {
        await audit.append({ actor: 'b', action: 'x.failed', subject: 't' }, session);
        throw new Error('the change was refused');
      }).catch((error: unknown) => String(error));
      expect(failed).to.match(/the change was refused/);
      expect(await AuditEntryModel.countDocuments({ action: 'x.failed' })).to.equal(0);
    });

    it('names an entry that was altered in the database', async () => {
      await app.ctx.audit.record({ actor: 'a', action: 'x.last', subject: 's' });
      await AuditEntryModel.updateOne({ seq: 3 }, { $set: { actor: 'somebody else' } });
      expect((await app.ctx.audit.verify()).fault).to.deep.equal({ seq: 3, fault: 'altered' });
    });
  });
});

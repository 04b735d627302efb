import { expect } from 'chai';
import { validate } from '../../src/platform/http/validate.ts';
import { problemOf, type ErrorCode } from '../../src/shared/errors/index.ts';
import { AnswersBody } from '../../src/sitting/attempt.contract.ts';
import { PAGE_PROTOCOL } from '../../src/sitting/page-protocol.contract.ts';
import { AnswerSender, type SaveState } from '../../src/web/candidate/answer-sender.ts';
import type { OutboxEntry } from '../../src/web/candidate/outbox.ts';
import { until } from '../support/sitting.ts';

interface Sent {
  itemId: string;
  seq: number;
  value: unknown;
}

/** A server that takes everything but the value "misfit" from the newest fence, and answers nothing while it is down. */
class ServerDouble {
  down = false;
  fence = 1;
  /** Refuses everything with this code, when set. */
  refusal: ErrorCode | undefined;
  readonly stored = new Map<string, { seq: number; value: unknown }>();
  readonly original = globalThis.fetch;

  install(): void {
    globalThis.fetch = (_url, init) => Promise.resolve().then(() => this.#answer(String(init?.body)));
  }
  remove(): void {
    globalThis.fetch = this.original;
  }

  #answer(body: string): Response {
    if (this.down) throw new TypeError('the line is cut');
    const input: unknown = JSON.parse(body);
    validate(AnswersBody, input);
    const { protocol, fence, answers } = input as { protocol: number; fence: number; answers: Sent[] };
    if (this.refusal !== undefined) return this.#json(409, problemOf(this.refusal));
    if (protocol !== PAGE_PROTOCOL) return this.#json(409, problemOf('sitting.page-outdated'));
    if (fence !== this.fence) return this.#json(409, problemOf('sitting.not-the-writer'));
    const issues = answers.flatMap(({ value }, i) =>
      value === 'misfit' ? [{ path: `/answers/${i}`, message: 'does not fit' }] : [],
    );
    if (issues.length > 0) return this.#json(400, problemOf('sitting.wrong-answer', { issues }));
    const receipts = answers.map(({ itemId, seq, value }) => {
      const before = this.stored.get(itemId)?.seq ?? 0;
      if (seq > before) this.stored.set(itemId, { seq, value });
      return { itemId, seq, stored: Math.max(seq, before), counts: seq > before, savedAt: 1 };
    });
    return this.#json(200, { receipts, digest: '', answered: receipts.length, now: 1 });
  }

  #json(status: number, body: object): Response {
    return new Response(JSON.stringify(body), { status, headers: { 'content-type': 'application/json' } });
  }
}

describe('web: sending answers', () => {
  const server = new ServerDouble();
  let sender: AnswerSender;
  let state: SaveState;
  let told: string[];
  let diskRefuses = false;
  const disk = new Map<string, Sent>();
  const outbox = {
    put: (entry: Sent) => {
      if (diskRefuses) return Promise.reject(new Error('the disk is full'));
      const seq = Math.max(entry.seq, (disk.get(entry.itemId)?.seq ?? 0) + 1);
      disk.set(entry.itemId, { ...entry, seq });
      return Promise.resolve({ ...entry, seq });
    },
    acknowledge: () => Promise.resolve(),
  };
  const kind = (wanted: SaveState['kind']) => until(() => Promise.resolve(state.kind === wanted));
  const valueAtServer = (itemId: string): unknown => server.stored.get(itemId)?.value;

  beforeEach(() => {
    Object.assign(server, { down: false, fence: 1, refusal: undefined });
    server.stored.clear();
    disk.clear();
    diskRefuses = false;
    told = [];
    server.install();
    sender = new AnswerSender('att_1', outbox, {
      state: (told) => (state = told),
      replaced: () => told.push('replaced'),
      overtaken: () => told.push('overtaken'),
      late: () => told.push('late'),
    });
    sender.merge([]);
    sender.resume(1);
  });
  afterEach(() => {
    sender.stop();
    server.remove();
  });

  it('saves on disk first and at the server then, and says so', async () => {
    expect(state.kind).to.equal('nothing-yet');
    const saving = sender.change('one', 'A');
    expect(state).to.include({ kind: 'saving', waiting: 1 });
    await saving;
    expect(disk.get('one')?.value).to.equal('A');
    await kind('saved');
    expect(valueAtServer('one')).to.equal('A');
  });

  it('waits while the line is cut, and sends everything when it is back', async () => {
    server.down = true;
    await sender.change('one', 'A');
    await sender.change('two', 'B');
    await kind('waiting');
    expect(state).to.include({ waiting: 2 });
    server.down = false;
    sender.nudge();
    await kind('saved');
    expect([valueAtServer('one'), valueAtServer('two')]).to.deep.equal(['A', 'B']);
  });

  it('does not let an answer that the server cannot take hold up the others, and tells of it until it is changed', async () => {
    await sender.change('one', 'misfit');
    await sender.change('two', 'B');
    await until(() => Promise.resolve(server.stored.has('two')));
    await kind('refused');
    expect(state).to.include({ waiting: 1 });
    expect(server.stored.has('one')).to.equal(false);
    await sender.change('one', 'A');
    await kind('saved');
    expect(valueAtServer('one')).to.equal('A');
    expect(sender.waiting).to.equal(0);
  });

  it('sends what this computer has and the server lacks, even where it was marked as sent', async () => {
    const rows: OutboxEntry[] = [
      { attemptId: 'attempt', itemId: 'one', seq: 2, value: 'A', sent: false },
      { attemptId: 'attempt', itemId: 'two', seq: 3, value: 'B', changedAt: 5, sent: true },
    ];
    sender.absorb(rows);
    sender.merge([{ itemId: 'one', seq: 2, value: 'A', savedAt: 1 }]);
    await kind('saved');
    expect([...server.stored]).to.deep.equal([['two', { seq: 3, value: 'B' }]]);
  });

  it('says that nothing keeps an answer when neither the server nor the disk takes it', async () => {
    diskRefuses = true;
    server.down = true;
    await sender.change('one', 'A');
    await kind('not-kept');
    server.down = false;
    sender.nudge();
    await kind('saved');
    expect(valueAtServer('one')).to.equal('A');
  });

  it('saves above an answer that it did not know of, since the writer means its own', async () => {
    server.stored.set('one', { seq: 7, value: 'B' });
    await sender.change('one', 'A');
    await until(() => Promise.resolve(valueAtServer('one') === 'A'));
    expect(server.stored.get('one')?.seq).to.equal(8);
    await kind('saved');
  });

  it('keeps what was changed here before the server answered, above what the server had', async () => {
    sender.suspend();
    await sender.change('one', 'A');
    sender.merge([{ itemId: 'one', seq: 4, value: 'B', savedAt: 1 }]);
    sender.resume(1);
    await until(() => Promise.resolve(valueAtServer('one') === 'A'));
    expect(server.stored.get('one')?.seq).to.equal(5);
  });

  it('stops when another page has overtaken it, and loses nothing of it', async () => {
    server.fence = 2;
    await sender.change('one', 'A');
    await until(() => Promise.resolve(told.includes('overtaken')));
    expect(server.stored.size).to.equal(0);
    expect(sender.waiting).to.equal(1);
    sender.resume(2);
    await kind('saved');
    expect(valueAtServer('one')).to.equal('A');
  });

  it('takes the next number where another tab has used its own', async () => {
    disk.set('one', { itemId: 'one', seq: 3, value: 'from another tab' });
    await sender.change('one', 'A');
    await kind('saved');
    expect(server.stored.get('one')).to.deep.equal({ seq: 4, value: 'A' });
  });

  it('says that the page is outdated, and sends nothing more', async () => {
    server.refusal = 'sitting.page-outdated';
    await sender.change('one', 'A');
    await kind('outdated');
    expect(disk.get('one')?.value).to.equal('A');
    server.refusal = undefined;
    sender.nudge();
    await sender.change('two', 'B');
    expect(state).to.deep.equal({ kind: 'outdated', waiting: 2 });
    expect(server.stored.size).to.equal(0);
  });

  it('counts answers after the end as evidence, not as waiting', async () => {
    server.refusal = 'sitting.time-over';
    await sender.change('one', 'A');
    await until(() => Promise.resolve(told.includes('late')));
    expect(sender.waiting).to.equal(0);
  });

  it('takes over another tab’s later change instead of bringing its own older one once more', async () => {
    const { put } = outbox;
    outbox.put = ({ itemId }) => Promise.resolve({ itemId, seq: 4, value: 'B', changedAt: 5 } as Sent);
    await sender.change('one', 'A');
    outbox.put = put;
    expect(told).to.include('replaced');
    await until(() => Promise.resolve(valueAtServer('one') === 'B'));
    expect(server.stored.get('one')).to.deep.equal({ seq: 4, value: 'B' });
  });

  it('puts what was given here after the server saved its own above it, and leaves what was given before', async () => {
    const rows = [
      { attemptId: 'attempt', itemId: 'one', seq: 2, value: 'A', changedAt: 100, sent: false },
      { attemptId: 'attempt', itemId: 'two', seq: 2, value: 'B', changedAt: 100, sent: false },
    ];
    sender.suspend();
    sender.absorb(rows);
    sender.merge([
      { itemId: 'one', seq: 5, value: 'C', savedAt: 50 },
      { itemId: 'two', seq: 5, value: 'D', savedAt: 150 },
    ]);
    sender.resume(1);
    await kind('saved');
    expect([...server.stored]).to.deep.equal([['one', { seq: 6, value: 'A' }]]);
    expect(sender.entries.get('two')).to.include({ seq: 5, value: 'D' });
  });

  it('never dates a later change before an earlier one, though the reckoned time was corrected backwards', async () => {
    const times = [1_000, 400, 400];
    const dated = new AnswerSender(
      'att_1',
      outbox,
      {
        state: () => undefined,
        replaced: () => undefined,
        overtaken: () => undefined,
        late: () => undefined,
      },
      () => times.shift(),
    );
    const given: (number | undefined)[] = [];
    for (const value of ['A', 'B', 'C']) {
      await dated.change('one', value);
      given.push(dated.entries.get('one')?.changedAt);
    }
    dated.stop();
    expect(given).to.deep.equal([1_000, 1_001, 1_002]);
    expect(disk.get('one')?.value).to.equal('C');
  });
});

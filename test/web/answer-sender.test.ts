import { expect } from 'chai';
import { problemOf } from '../../src/shared/errors/index.ts';
import { AnswerSender, type SaveState } from '../../src/web/candidate/answer-sender.ts';
import type { Outbox } from '../../src/web/candidate/outbox.ts';
import { until } from '../support/sitting.ts';

interface Sent {
  itemId: string;
  seq: number;
  value: unknown;
}

/** A server that takes everything but the value "misfit", and answers nothing while it is down. */
class ServerDouble {
  down = false;
  readonly stored = new Map<string, unknown>();
  readonly original = globalThis.fetch;

  install(): void {
    globalThis.fetch = (_url, init) => Promise.resolve().then(() => this.#answer(String(init?.body)));
  }
  remove(): void {
    globalThis.fetch = this.original;
  }

  #answer(body: string): Response {
    if (this.down) throw new TypeError('the line is cut');
    const { answers } = JSON.parse(body) as { answers: Sent[] };
    const issues = answers.flatMap(({ value }, i) =>
      value === 'misfit' ? [{ path: `/answers/${i}`, message: 'does not fit' }] : [],
    );
    if (issues.length > 0) return this.#json(400, problemOf('sitting.wrong-answer', { issues }));
    for (const { itemId, value } of answers) this.stored.set(itemId, value);
    const receipts = answers.map(({ itemId, seq }) => ({ itemId, seq, stored: seq, savedAt: 1 }));
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
  const disk = new Map<string, unknown>();
  const outbox = {
    put: ({ itemId, value }: Sent) => Promise.resolve(void disk.set(itemId, value)),
    acknowledge: () => Promise.resolve(),
  } as unknown as Outbox;

  beforeEach(() => {
    server.down = false;
    server.stored.clear();
    disk.clear();
    server.install();
    sender = new AnswerSender('att_1', outbox, (told) => {
      state = told;
    });
    sender.begin([], []);
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
    expect(disk.get('one')).to.equal('A');
    await until(() => Promise.resolve(state.kind === 'saved'));
    expect(server.stored.get('one')).to.equal('A');
  });

  it('waits while the line is cut, and sends everything when it is back', async () => {
    server.down = true;
    await sender.change('one', 'A');
    await sender.change('two', 'B');
    await until(() => Promise.resolve(state.kind === 'waiting'));
    expect(state).to.include({ waiting: 2 });
    server.down = false;
    sender.nudge();
    await until(() => Promise.resolve(state.kind === 'saved'));
    expect([...server.stored]).to.deep.equal([
      ['one', 'A'],
      ['two', 'B'],
    ]);
  });

  it('does not let an answer that the server cannot take hold up the others, and tells of it until it is changed', async () => {
    await sender.change('one', 'misfit');
    await sender.change('two', 'B');
    await until(() => Promise.resolve(server.stored.has('two')));
    await until(() => Promise.resolve(state.kind === 'refused'));
    expect(state).to.include({ waiting: 1 });
    expect(server.stored.has('one')).to.equal(false);
    await sender.change('one', 'A');
    await until(() => Promise.resolve(state.kind === 'saved'));
    expect(server.stored.get('one')).to.equal('A');
    expect(sender.waiting).to.equal(0);
  });

  it('sends what this computer has and the server lacks', async () => {
    sender.begin(
      [{ itemId: 'one', seq: 2, savedAt: 1 }],
      [
        { itemId: 'one', seq: 2, value: 'A', sent: false },
        { itemId: 'two', seq: 3, value: 'B', sent: true },
      ],
    );
    await until(() => Promise.resolve(state.kind === 'saved'));
    expect([...server.stored]).to.deep.equal([['two', 'B']]);
  });
});

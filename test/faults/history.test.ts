import { expect } from 'chai';
import fc from 'fast-check';
import {
  checkHistory,
  type HistoryEvent,
  type StoredFact,
  type ViolationKind,
} from '../../scripts/faults/history.ts';

const WHERE = { attemptId: 'att_1', itemId: 'one' };
const invoke = (op: number, seq: number, value: unknown = `v${seq}`): HistoryEvent => ({
  type: 'invoke',
  op,
  ...WHERE,
  seq,
  value,
});
const ok = (op: number, stored: number, counts = true): HistoryEvent => ({ type: 'ok', op, stored, counts });
const stored = (seq: number, value: unknown = `v${seq}`): StoredFact => ({ ...WHERE, seq, value });
const kinds = (events: HistoryEvent[], final: StoredFact[]): ViolationKind[] =>
  checkHistory(events, final).violations.map(({ kind }) => kind);

/** A run of a right server: writers send under a shared counter; acknowledgements may be lost. */
const rightRun = fc
  .array(
    fc.record({ item: fc.nat(3), fate: fc.constantFrom('ok', 'ok', 'lost ack', 'not taken', 'refused') }),
    { minLength: 1, maxLength: 60 },
  )
  .map((steps) => {
    const events: HistoryEvent[] = [];
    const final = new Map<string, StoredFact>();
    const acknowledged: { seq: number; itemId: string; at: number }[] = [];
    steps.forEach(({ item, fate }, op) => {
      const sent = { attemptId: 'att_1', itemId: `item${item}`, seq: op + 1, value: `v${op}` };
      events.push({ type: 'invoke', op, ...sent });
      if (fate === 'ok' || fate === 'lost ack') final.set(sent.itemId, sent);
      if (fate === 'ok') {
        events.push({ type: 'ok', op, stored: sent.seq, counts: true });
        acknowledged.push({ ...sent, at: op });
      } else events.push({ type: fate === 'refused' ? 'fail' : 'info', op });
    });
    return { events, final: [...final.values()], acknowledged };
  });

describe('faults: the checker of histories', () => {
  it('finds nothing in runs of a right server', () => {
    fc.assert(
      fc.property(rightRun, ({ events, final }) => {
        expect(checkHistory(events, final).violations).to.deep.equal([]);
      }),
    );
  });

  it('finds each acknowledged answer that is taken away or set back', () => {
    fc.assert(
      fc.property(rightRun, fc.nat(), ({ events, final, acknowledged }, pick) => {
        fc.pre(acknowledged.length > 0);
        const victim = acknowledged[pick % acknowledged.length];
        const without = final.filter(({ itemId }) => itemId !== victim?.itemId);
        expect(kinds(events, without)).to.include('lost');
        const first = events.find((event) => event.type === 'invoke' && event.itemId === victim?.itemId);
        fc.pre(first?.type === 'invoke' && first.seq < (victim?.seq ?? 0));
        expect(kinds(events, [...without, first])).to.include('lost');
      }),
    );
  });

  it('finds a stored answer that was changed, made up or stored twice', () => {
    fc.assert(
      fc.property(rightRun, fc.nat(), ({ events, final }, pick) => {
        fc.pre(final.length > 0);
        const victim = final[pick % final.length] as StoredFact;
        const others = final.filter((one) => one !== victim);
        expect(kinds(events, [...others, { ...victim, value: 'changed' }])).to.include('from-nowhere');
        expect(kinds(events, [...others, { ...victim, seq: 1_000 }])).to.include('from-nowhere');
        expect(kinds(events, [...final, victim])).to.include('doubled');
        expect(kinds(events, [...final, { ...victim, itemId: 'unknown' }])).to.include('from-nowhere');
      }),
    );
  });

  it('lets an answer of unknown outcome be there or not, and a refused one not be there', () => {
    expect(kinds([invoke(1, 1), { type: 'info', op: 1 }], [])).to.deep.equal([]);
    expect(kinds([invoke(1, 1), { type: 'info', op: 1 }], [stored(1)])).to.deep.equal([]);
    expect(kinds([invoke(1, 1)], [stored(1)])).to.deep.equal([]);
    expect(kinds([invoke(1, 1), { type: 'fail', op: 1 }], [])).to.deep.equal([]);
    expect(kinds([invoke(1, 1), { type: 'fail', op: 1 }], [stored(1)])).to.deep.equal(['refused-but-stored']);
    // Sent again after a refusal, outcome unknown: it may be there.
    expect(
      kinds([invoke(1, 1), { type: 'fail', op: 1 }, invoke(2, 1), { type: 'info', op: 2 }], [stored(1)]),
    ).to.deep.equal([]);
  });

  it('lets a higher answer take the place of an acknowledged one, but only one that was sent', () => {
    const events = [invoke(1, 1), ok(1, 1), invoke(2, 2), { type: 'info', op: 2 } as const];
    expect(kinds(events, [stored(2)])).to.deep.equal([]);
    expect(kinds(events, [stored(1)])).to.deep.equal([]);
    expect(kinds(events, [stored(3)])).to.deep.equal(['from-nowhere']);
  });

  it('finds an acknowledgement that goes back behind one before it', () => {
    const events = [invoke(1, 5), ok(1, 5), invoke(2, 3), ok(2, 3)];
    expect(kinds(events, [stored(5)])).to.include('went-back');
    // Asked before the other was acknowledged: their order is open.
    expect(kinds([invoke(1, 5), invoke(2, 3), ok(1, 5), ok(2, 3)], [stored(5)])).to.deep.equal([]);
    expect(kinds([invoke(1, 5), ok(1, 5), invoke(2, 3), ok(2, 5, false)], [stored(5)])).to.deep.equal([]);
  });

  it('finds two answers that were both told they count, and an acknowledgement below its own seq', () => {
    const both = [invoke(1, 4, 'A'), invoke(2, 4, 'B'), ok(1, 4), ok(2, 4)];
    expect(kinds(both, [stored(4, 'A')]))
      .to.include('split')
      .and.to.include('lost');
    expect(kinds([invoke(1, 4, 'A'), invoke(2, 4, 'B'), ok(1, 4), ok(2, 4, false)], [stored(4, 'A')])).to.be
      .empty;
    expect(kinds([invoke(1, 4), ok(1, 3, false)], [stored(4)])).to.include('lost');
    expect(kinds([invoke(1, 4), ok(1, 6, false)], [stored(4)])).to.include('lost');
  });

  it('does not trust a log that makes no sense', () => {
    expect(kinds([ok(7, 1)], [])).to.include('bad-log');
    expect(kinds([invoke(1, 1), ok(1, 1), ok(1, 1)], [stored(1)])).to.include('bad-log');
    expect(kinds([invoke(1, 1), invoke(1, 1), ok(1, 1)], [stored(1)])).to.include('bad-log');
  });

  it('counts what it saw', () => {
    const events = [invoke(1, 1), ok(1, 1), invoke(2, 2), { type: 'fail', op: 2 } as const, invoke(3, 3)];
    const { violations, ...counts } = checkHistory(events, [stored(1)]);
    expect(violations).to.deep.equal([]);
    expect(counts).to.deep.equal({ invoked: 3, acknowledged: 1, refused: 1, unknown: 1, items: 1 });
  });
});

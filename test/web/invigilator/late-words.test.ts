import { expect } from 'chai';
import type { LateDecisionResult } from '../../../src/proctoring/proctoring.views.contract.ts';
import { problemOf } from '../../../src/shared/errors/index.ts';
import { besideEnd, endOf, lateOutcome } from '../../../src/web/invigilator/late-words.ts';
import { addressText } from '../../../src/web/invigilator/seat-status.ts';

describe('invigilator page: late answers in words', () => {
  it('measures by the deadline, or by an earlier end', () => {
    expect(endOf({ deadline: 90, endedAt: 100 })).to.equal(90);
    expect(endOf({ deadline: 90, endedAt: 40 })).to.equal(40);
    expect(endOf({ endedAt: 40 })).to.equal(40);
    expect(endOf({})).to.equal(undefined);
  });

  it('says how long before or after the end', () => {
    expect(besideEnd(8_000, 10_000, 'en')).to.deep.equal({ early: true, words: '0:02 before the end' });
    expect(besideEnd(10_000, 10_000, 'zh')).to.deep.equal({ early: true, words: '结束前 0:00' });
    expect(besideEnd(15 * 60_000, 0, 'zh')).to.deep.equal({ early: false, words: '结束后 15分' });
  });

  it('tells what a decision came to, and the first seat where it failed', () => {
    const done = (seat: number, items: number): LateDecisionResult => ({
      attemptId: `att_${seat}`,
      seat,
      ok: true,
      items,
      digestBefore: 'a',
      digestAfter: 'b',
    });
    const failed: LateDecisionResult = {
      attemptId: 'att_9',
      seat: 9,
      ok: false,
      problem: problemOf('sitting.already-marked'),
    };
    const outcome = (results: LateDecisionResult[], accepted = true) =>
      lateOutcome({ id: 'lad_1', accepted, reason: '断网', byName: '主考', at: 1, results });
    expect(outcome([done(3, 1)]).text.en).to.equal('Late answers accepted: 1 candidate, 1 question');
    expect(outcome([done(3, 1), done(4, 2)], false)).to.deep.include({
      tone: 'ok',
      text: {
        zh: '迟到答案不采用，留作记录：2 人，3 题',
        en: 'Late answers not accepted, kept as evidence: 2 candidates, 3 questions',
      },
    });
    expect(outcome([done(3, 1), failed])).to.include({ tone: 'attention' });
    expect(outcome([failed])).to.include({ tone: 'trouble' });
    expect(outcome([failed]).text.zh).to.include('09 号');
  });

  it('shows an address as people read it', () => {
    expect(addressText('::ffff:192.168.1.23')).to.equal('192.168.1.23');
    expect(addressText('fe80::1')).to.equal('fe80::1');
  });
});

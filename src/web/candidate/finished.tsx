import type { AttemptView } from '../../sitting/attempt.contract.ts';
import { useOf, useText, type Messages } from '../lib/language.tsx';
import { dateTimeText } from '../lib/time.ts';

const messages = {
  handedIn: { zh: '已交卷', en: 'Handed in' },
  collected: { zh: '时间到，已自动交卷', en: 'Time is over; your paper has been collected' },
  terminated: {
    zh: '您的考试已被终止。请联系监考员。',
    en: 'Your exam has been ended. Speak to the invigilator.',
  },
  at: { zh: '交卷时间', en: 'Time' },
  answered: { zh: '已答', en: 'Answered' },
  digest: { zh: '答卷校验码', en: 'Digest of your answers' },
  digestHelp: {
    zh: '校验码由全部答案算出，可用来核对答卷未被改动。',
    en: 'Computed from all your answers; it shows that nothing was changed later.',
  },
  leave: { zh: '请等监考员示意后离开考场。', en: 'Leave the room when the invigilator lets you.' },
  unsent: {
    zh: '还有 {n} 题答案在这台电脑上没有上传。答案是安全的，请不要离开座位或关闭电脑，系统正在上传。',
    en: '{n} answers are on this computer and not yet sent. They are safe: do not leave or switch off; they are being sent.',
  },
} satisfies Messages;

/** The receipt. */
export function Finished({ attempt, waiting }: { attempt: AttemptView; waiting: number }) {
  const text = useText(messages);
  const of = useOf();
  const { receipt } = attempt;
  const headline =
    attempt.state === 'terminated' ? 'terminated' : attempt.state === 'collected' ? 'collected' : 'handedIn';
  return (
    <main className="centre">
      <section className="panel receipt">
        <h1>
          <span aria-hidden="true">{headline === 'terminated' ? '■' : '✓'}</span> {text(headline)}
        </h1>
        <p>
          {of(attempt.paperTitle)} · {attempt.candidate.name} · {attempt.candidate.admissionNumber}
        </p>
        {waiting > 0 && (
          <p className="notice attention" role="alert">
            ▲ {text('unsent', { n: waiting })}
          </p>
        )}
        {receipt !== undefined && (
          <dl>
            <dt>{text('at')}</dt>
            <dd className="number">{dateTimeText(receipt.at)}</dd>
            <dt>{text('answered')}</dt>
            <dd className="number">
              {receipt.answered}/{receipt.total}
            </dd>
            <dt>{text('digest')}</dt>
            <dd className="digest">{receipt.digest.match(/.{1,8}/g)?.join(' ')}</dd>
          </dl>
        )}
        <p className="muted">{text('digestHelp')}</p>
        <p>{text('leave')}</p>
      </section>
    </main>
  );
}

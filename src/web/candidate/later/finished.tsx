import type { AttemptView, HandInReceipt, LateView } from '../../../sitting/attempt.contract.ts';
import { LanguageSwitch, useOf, useText, type Messages } from '../../lib/language.tsx';
import { dateTimeText } from '../../lib/time.ts';
import { answerCode } from '../../../sitting/answer-text.rules.ts';
import { digestOf } from '../answer-file.ts';
import type { AnswersHandle } from '../use-answers.ts';
import { AnswerFileBox } from './answer-file-box.tsx';
import '../styles/receipt.css';

const messages = {
  handedIn: { zh: '已交卷', en: 'Handed in' },
  collected: { zh: '时间到，已自动交卷', en: 'Time is over; your paper has been collected' },
  absent: { zh: '考试已结束', en: 'The exam is over' },
  terminated: { zh: '考试已被终止', en: 'Your exam has been ended' },
  terminatedText: { zh: '请联系监考员。', en: 'Speak to the invigilator.' },
  at: { zh: '交卷时间', en: 'Time' },
  answered: { zh: '已答', en: 'Answered' },
  code: { zh: '校验码', en: 'Code' },
  digest: { zh: '完整校验码', en: 'Full digest' },
  digestHelp: {
    zh: '校验码由全部答案算出，可用来核对答卷没有被改动。您可以抄下前八位。',
    en: 'Computed from all your answers; it shows that nothing was changed later. You may note the first eight characters.',
  },
  same: {
    zh: '本机计算的校验码相同：考试服务器收到的就是您的答案',
    en: 'This computer computes the same: the exam server has exactly your answers',
  },
  differs: {
    zh: '本机计算的是 {code}，与服务器不同。请告诉监考员，不要关闭页面。',
    en: 'This computer computes {code}, which differs. Tell the invigilator and leave this page open.',
  },
  unsent: {
    zh: '还有 {n} 题答案在这台电脑上没有上传。答案是安全的，正在上传；请不要离开或关闭电脑。',
    en: 'Answers on this computer that are not yet sent: {n}. They are safe and are being sent; do not leave or switch off.',
  },
  late: {
    zh: '有 {n} 题答案在时间到之后才送到，已留作记录，是否采用由主考决定。',
    en: 'Answers that came after the time: {n}. They are kept as evidence, and the chief invigilator decides whether they count.',
  },
  lateSent: {
    zh: '有答案在时间到之后才送到，已留作记录，是否采用由主考决定。',
    en: 'Some answers came after the time and are kept as evidence; the chief invigilator decides whether they count.',
  },
  lateAccepted: {
    zh: '主考已决定采用时间到之后送到的 {n} 题答案。',
    en: 'The chief invigilator has accepted what came after the time: {n}.',
  },
  lateRefused: {
    zh: '主考已决定不采用时间到之后送到的 {n} 题答案。',
    en: 'The chief invigilator has not accepted what came after the time: {n}.',
  },
  leave: { zh: '请等监考员示意后离开考场。', en: 'Leave the room when the invigilator lets you.' },
} satisfies Messages;

interface FinishedProps {
  attempt: AttemptView;
  work: AnswersHandle;
}

const headlineOf = ({ state, receipt }: AttemptView): keyof typeof messages => {
  if (state === 'terminated') return 'terminated';
  if (receipt === undefined) return 'absent';
  return state === 'collected' ? 'collected' : 'handedIn';
};

/** The end: the receipt, what has not been sent yet, and what came late. */
export function Finished({ attempt, work }: FinishedProps) {
  const text = useText(messages);
  const of = useOf();
  const { receipt } = attempt;
  const unsent = 'waiting' in work.save ? work.save.waiting : 0;
  const headline = headlineOf(attempt);
  return (
    <main className="centre">
      <section className="panel receipt">
        <header>
          <h1>
            <span aria-hidden="true">{headline === 'terminated' ? '■' : '✓'}</span> {text(headline)}
          </h1>
          <LanguageSwitch />
        </header>
        <p>
          {of(attempt.paperTitle)} · {attempt.candidate.name} ·{' '}
          <span className="number">{attempt.candidate.admissionNumber}</span>
        </p>
        {headline === 'terminated' && <p>{text('terminatedText')}</p>}
        {unsent > 0 && (
          <>
            <p className="notice attention" role="alert">
              ▲ {text('unsent', { n: unsent })}
            </p>
            <AnswerFileBox attempt={attempt} work={work} />
          </>
        )}
        <Late late={attempt.late} sent={work.lateSent} />
        {receipt !== undefined && <Receipt receipt={receipt} own={own(attempt, work)} />}
        <p>{text('leave')}</p>
      </section>
    </main>
  );
}

/** This computer's digest, once it has everything the server has and nothing more. */
const own = ({ late, writer }: AttemptView, work: AnswersHandle): string | undefined =>
  work.ready && writer.mine && work.save.kind === 'saved' && late === undefined && !work.lateSent
    ? digestOf(work.entries())
    : undefined;

function Late({ late, sent }: { late: LateView | undefined; sent: boolean }) {
  const text = useText(messages);
  if (late === undefined) return sent ? <p className="notice attention">▲ {text('lateSent')}</p> : null;
  const { decision, items: n } = late;
  if (decision === undefined) return <p className="notice attention">▲ {text('late', { n })}</p>;
  return (
    <p className={`notice ${decision.accepted ? 'ok' : ''}`}>
      {text(decision.accepted ? 'lateAccepted' : 'lateRefused', { n })}
    </p>
  );
}

function Receipt({ receipt, own: computed }: { receipt: HandInReceipt; own: string | undefined }) {
  const text = useText(messages);
  const { digest } = receipt;
  return (
    <>
      <dl className="facts">
        <dt>{text('at')}</dt>
        <dd className="number">{dateTimeText(receipt.at, true)}</dd>
        <dt>{text('answered')}</dt>
        <dd className="number">
          {receipt.answered}/{receipt.total}
        </dd>
        <dt>{text('code')}</dt>
        <dd className="receipt-code number">{answerCode(digest)}</dd>
      </dl>
      {computed === digest && <p className="notice ok">✓ {text('same')}</p>}
      {computed !== undefined && computed !== digest && (
        <p className="notice trouble" role="alert">
          ■ {text('differs', { code: answerCode(computed) })}
        </p>
      )}
      <div className="digest">
        <p>
          {text('digest')} <span className="number">{digest.match(/.{1,8}/g)?.join(' ')}</span>
        </p>
        <p className="muted">{text('digestHelp')}</p>
      </div>
    </>
  );
}

import type { ConsoleSeat, ConsoleView } from '../../proctoring/proctoring.views.contract.ts';
import { hasEnded } from '../../sitting/attempt.rules.ts';
import { awaitsDecision } from '../../sitting/late-answers.rules.ts';
import { useLanguage, useOf, useText, type Messages } from '../lib/language.tsx';
import { timeText } from '../lib/time.ts';
import { REFUSALS, type SeatAction } from './actions.ts';
import { ACTION_NAMES } from './command-names.ts';
import { ReasonButton } from './reason-button.tsx';
import { addressText, elapsedText } from './seat-status.ts';
import { Shape } from './shape.tsx';

const messages = {
  second: { zh: '另一台电脑已登录', en: 'Another computer has signed in' },
  secondFacts: { zh: '{address}，等待 {time}', en: '{address}, waiting for {time}' },
  handOver: { zh: '移交给它', en: 'Hand over' },
  away: { zh: '已离座 {time}，屏幕已遮住', en: 'Left the seat {time} ago; the screen is covered' },
  late: { zh: '{n} 题答案在结束后到达', en: 'Answers that came after the end: {n}' },
  lateAt: { zh: '最后一题 {time}，尚未计入', en: 'The last at {time}. Not counted yet.' },
  decide: { zh: '决定是否采用', en: 'Decide' },
  taken: { zh: '迟到的 {n} 题已采用（{time}）', en: 'Late answers accepted at {time}: {n}' },
  left: {
    zh: '迟到的 {n} 题未采用（{time}）',
    en: 'Late answers not accepted, {time}: {n}',
  },
} satisfies Messages;

interface SeatNoticesProps {
  view: ConsoleView;
  seat: ConsoleSeat;
  now: number;
  busy: boolean;
  onAction(action: SeatAction): void;
  /** Opens the decision on the seat's late answers. */
  onDecideLate(): void;
}

/** What somebody has to do or to know at one seat now, above its actions. */
export function SeatNotices(props: SeatNoticesProps) {
  const { seat, now } = props;
  const text = useText(messages);
  const { lang } = useLanguage();
  const live = !hasEnded(seat.state);
  return (
    <>
      {live && seat.secondSignIn !== undefined && <SecondSignIn {...props} second={seat.secondSignIn} />}
      {live && seat.awaySince !== undefined && (
        <p className="seat-notice away">
          <span className="status away">
            <Shape name="away" />{' '}
            <span className="number">{text('away', { time: elapsedText(now - seat.awaySince, lang) })}</span>
          </span>
        </p>
      )}
      <LateNotice {...props} />
    </>
  );
}

function SecondSignIn({
  view,
  second,
  now,
  busy,
  onAction,
}: SeatNoticesProps & { second: NonNullable<ConsoleSeat['secondSignIn']> }) {
  const text = useText(messages);
  const of = useOf();
  const { lang } = useLanguage();
  const reason = view.me.commands ? undefined : of(REFUSALS['looks-only']);
  return (
    <section className="seat-notice trouble">
      <p className="status trouble">
        <Shape name="trouble" /> <b>{text('second')}</b>
      </p>
      <p className="number">
        {text('secondFacts', {
          address: addressText(second.address),
          time: elapsedText(now - second.at, lang),
        })}
      </p>
      <div className="row">
        <ReasonButton
          className="button primary small"
          busy={busy}
          reason={reason}
          onPress={() => {
            onAction('hand-over');
          }}
        >
          {text('handOver')}
        </ReasonButton>
        <ReasonButton
          className="button small"
          busy={busy}
          reason={reason}
          onPress={() => {
            onAction('refuse-sign-in');
          }}
        >
          {of(ACTION_NAMES['refuse-sign-in'])}
        </ReasonButton>
      </div>
    </section>
  );
}

function LateNotice({ view, seat, busy, onDecideLate }: SeatNoticesProps) {
  const text = useText(messages);
  const of = useOf();
  const { late } = seat;
  if (late === undefined) return null;
  if (!awaitsDecision(late)) {
    const { accepted = false, at = 0 } = late.decision ?? {};
    return (
      <p className="seat-notice">
        {text(accepted ? 'taken' : 'left', { n: late.items, time: timeText(at) })}
      </p>
    );
  }
  return (
    <section className="seat-notice attention">
      <p className="status attention">
        <Shape name="attention" /> <b>{text('late', { n: late.items })}</b>
      </p>
      <p className="number">{text('lateAt', { time: timeText(late.at, true) })}</p>
      <div className="row">
        <ReasonButton
          className="button primary small"
          busy={busy}
          beside
          reason={view.me.chief ? undefined : of(REFUSALS['chief-only'])}
          onPress={onDecideLate}
        >
          {text('decide')}
        </ReasonButton>
      </div>
    </section>
  );
}

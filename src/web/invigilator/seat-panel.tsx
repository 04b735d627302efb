import type { ConsoleSeat, ConsoleView, LedgerView } from '../../proctoring/proctoring.views.contract.ts';
import type { Lang } from '../../shared/text.ts';
import { useLanguage, useOf, useText, type Messages } from '../lib/language.tsx';
import { clockText, timeText } from '../lib/time.ts';
import type { SeatAction } from './actions.ts';
import { ActionGrid } from './action-grid.tsx';
import { LEDGER_KIND_NAMES } from './command-names.ts';
import { amountText, giverText, reasonText } from './ledger-words.ts';
import { Photo } from './photo.tsx';
import { ledgerOfSeat, seatRemaining } from './room-clock.ts';
import { agoText, elapsedText, seatNumber, statusOf, troubleLook, troubleWord } from './seat-status.ts';
import { SeatNotices } from './seat-notices.tsx';
import { Shape } from './shape.tsx';

const messages = {
  label: { zh: '座位 {seat}', en: 'Seat {seat}' },
  close: { zh: '取消选择', en: 'Choose none' },
  form: { zh: '试卷 {form}', en: 'Form {form}' },
  arrived: { zh: '登录', en: 'Signed in' },
  identity: { zh: '确认身份', en: 'Said “this is me”' },
  started: { zh: '开始', en: 'Started' },
  progress: { zh: '已答', en: 'Answered' },
  saved: { zh: '最后保存', en: 'Last save' },
  left: { zh: '剩余', en: 'Time left' },
  until: { zh: '至 {time}', en: 'until {time}' },
  paused: { zh: '暂停于', en: 'Paused at' },
  ended: { zh: '结束', en: 'Ended' },
  line: { zh: '连线', en: 'Line' },
  lineOk: { zh: '正常', en: 'stands' },
  lineLost: { zh: '中断 {time}', en: 'lost for {time}' },
  hand: { zh: '举手', en: 'Hand' },
  handQuestion: { zh: '{time}，有问题', en: '{time}, a question' },
  handNotMe: { zh: '{time}，称“不是我”', en: '{time}, “this is not me”' },
  signIns: { zh: '登录次数', en: 'Sign-ins' },
  digest: { zh: '答卷摘要', en: 'Digest' },
  ledger: { zh: '时间账', en: 'Time ledger' },
  noLedger: { zh: '没有变动', en: 'No changes' },
  shown: { zh: '已确认', en: 'Acknowledged' },
  notShown: { zh: '未确认', en: 'Not acknowledged' },
} satisfies Messages;

interface SeatPanelProps {
  view: ConsoleView;
  seat: ConsoleSeat;
  now: number;
  busy: boolean;
  onAction(action: SeatAction): void;
  /** Opens the decision on the seat's late answers. */
  onDecideLate(): void;
  onClose(): void;
}

/** One seat: photo, who it is, what can be done, the facts with their times, the time ledger. */
export function SeatPanel({ view, seat, now, busy, onAction, onDecideLate, onClose }: SeatPanelProps) {
  const text = useText(messages);
  const of = useOf();
  const { lang } = useLanguage();
  const status = statusOf(seat, view.room.startedAt);
  return (
    <aside className="side-panel" aria-label={text('label', { seat: seat.seat })}>
      <header className="panel-head">
        <Photo key={seat.candidateId} seat={seat} />
        <div>
          <p className="seat-no number">{text('label', { seat: seatNumber(seat.seat) })}</p>
          <h2>{seat.name}</h2>
          <p className="number muted">{seat.admissionNumber}</p>
          <p className={`status ${status.tone}`}>
            <Shape name={status.shape} /> {of(status.word)}
            {status.since !== undefined && <i className="number"> {elapsedText(now - status.since, lang)}</i>}
          </p>
        </div>
        <button
          type="button"
          className="icon-close"
          aria-label={text('close')}
          title={text('close')}
          onClick={onClose}
        >
          ×
        </button>
      </header>
      {seat.troubles.length > 1 && (
        <ul className="other-troubles">
          {seat.troubles.slice(1).map((trouble) => (
            <li key={trouble} className={`status ${troubleLook(trouble).tone}`}>
              <Shape name={troubleLook(trouble).shape} /> {of(troubleWord(trouble))}
            </li>
          ))}
        </ul>
      )}
      <SeatNotices
        view={view}
        seat={seat}
        now={now}
        busy={busy}
        onAction={onAction}
        onDecideLate={onDecideLate}
      />
      <ActionGrid view={view} targets={[seat]} busy={busy} onAction={onAction} />
      <Facts view={view} seat={seat} now={now} />
      <Ledger entries={ledgerOfSeat(view, seat)} seat={seat} />
    </aside>
  );
}

function Facts({ view, seat, now }: { view: ConsoleView; seat: ConsoleSeat; now: number }) {
  const text = useText(messages);
  const { lang } = useLanguage();
  const left = seatRemaining(view, seat, now);
  const time = (at: number | undefined): string | undefined =>
    at === undefined ? undefined : timeText(at, true);
  const rows: [keyof typeof messages, string | undefined][] = [
    ['progress', seat.startedAt === undefined ? undefined : `${seat.answered}/${seat.total}`],
    [
      'saved',
      seat.lastSaveAt === undefined
        ? undefined
        : `${timeText(seat.lastSaveAt, true)} · ${agoText(now - seat.lastSaveAt, lang)}`,
    ],
    [
      'left',
      left === undefined || seat.deadline === undefined
        ? undefined
        : `${clockText(left)} · ${text('until', { time: timeText(seat.deadline) })}`,
    ],
    ['line', lineWords(seat, now, lang, text)],
    [
      'hand',
      seat.hand &&
        text(seat.hand.reason === 'not-me' ? 'handNotMe' : 'handQuestion', { time: timeText(seat.hand.at) }),
    ],
    ['paused', time(seat.pausedAt)],
    ['signIns', seat.signIns > 1 ? String(seat.signIns) : undefined],
    ['arrived', time(seat.arrivedAt)],
    ['identity', time(seat.identityConfirmedAt)],
    ['started', time(seat.startedAt)],
    ['ended', time(seat.endedAt)],
    ['digest', seat.digest?.slice(0, 12)],
  ];
  return (
    <dl className="facts">
      {rows.map(
        ([key, value]) =>
          value !== undefined && (
            <div key={key}>
              <dt>{text(key)}</dt>
              <dd className="number">{value}</dd>
            </div>
          ),
      )}
      <div>
        <dt>{text('form', { form: '' }).trim()}</dt>
        <dd className="number">{seat.formLabel}</dd>
      </div>
    </dl>
  );
}

function lineWords(
  seat: ConsoleSeat,
  now: number,
  lang: Lang,
  text: (key: 'lineOk' | 'lineLost', params?: Record<string, string>) => string,
): string | undefined {
  if (seat.arrivedAt === undefined || seat.endedAt !== undefined) return undefined;
  if (seat.line.connected) return text('lineOk');
  return text('lineLost', { time: elapsedText(now - (seat.line.at ?? now), lang) });
}

/** The changes of time that count for one seat, and whether the candidate's page shows each yet. */
function Ledger({ entries, seat }: { entries: readonly LedgerView[]; seat: ConsoleSeat }) {
  const text = useText(messages);
  const of = useOf();
  const { lang } = useLanguage();
  return (
    <section className="seat-ledger">
      <h3>{text('ledger')}</h3>
      {entries.length === 0 && <p className="muted">{text('noLedger')}</p>}
      <ul>
        {entries.map((entry) => (
          <li key={entry.id}>
            <b className="number">{amountText(entry.minutes, lang)}</b>
            <span>
              {of(LEDGER_KIND_NAMES[entry.kind])} · {reasonText(entry, lang)}
              <small className="number">
                {timeText(entry.at)} {giverText(entry, lang)}
                {seat.endedAt === undefined && seat.arrivedAt !== undefined && (
                  <> · {text(entry.waitingFor.includes(seat.attemptId) ? 'notShown' : 'shown')}</>
                )}
              </small>
            </span>
          </li>
        ))}
      </ul>
    </section>
  );
}

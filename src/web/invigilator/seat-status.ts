import type { Trouble } from '../../proctoring/trouble.rules.ts';
import type { ConsoleSeat } from '../../proctoring/proctoring.views.contract.ts';
import type { SeatView } from '../../sitting/attempt.contract.ts';
import type { Lang, Text } from '../../shared/text.ts';

/** The colours of the tokens; `done` is quiet: nothing more can happen at the seat. */
export type Tone = 'ok' | 'attention' | 'trouble' | 'away' | 'held' | 'done';
/** The drawn shapes that go with the words. */
export type ShapeName = 'ok' | 'attention' | 'trouble' | 'away' | 'held' | 'hand' | 'done' | 'ended';

/** How a seat is shown: never by colour alone. */
export interface SeatStatus {
  tone: Tone;
  shape: ShapeName;
  word: Text;
  /** Since when it has been so, server time, ms; only where the time matters. */
  since?: number;
  /** Something to be done in the ordinary course: shown more quietly than what has gone wrong. */
  routine?: true;
}

const TROUBLE_WORDS: Readonly<Record<Trouble, Text>> = {
  'not-me': { zh: '非本人', en: 'Not me' },
  'second-sign-in': { zh: '重复登录', en: 'Two sign-ins' },
  'line-lost': { zh: '离线', en: 'Off line' },
  'seat-left': { zh: '离座', en: 'Seat left' },
  'not-saving': { zh: '久未保存', en: 'Not saving' },
  'hand-raised': { zh: '举手', en: 'Hand up' },
  'late-answers': { zh: '迟到答案', en: 'Late answers' },
  'waits-for-admission': { zh: '待准入', en: 'To admit' },
  paused: { zh: '已暂停', en: 'Paused' },
  'not-arrived': { zh: '未到', en: 'Not here' },
  'not-started': { zh: '未开始', en: 'Not started' },
};

const TROUBLE_LOOKS: Readonly<Record<Trouble, Pick<SeatStatus, 'tone' | 'shape' | 'routine'>>> = {
  'not-me': { tone: 'trouble', shape: 'trouble' },
  'second-sign-in': { tone: 'trouble', shape: 'trouble' },
  'line-lost': { tone: 'trouble', shape: 'trouble' },
  'seat-left': { tone: 'away', shape: 'away' },
  'not-saving': { tone: 'attention', shape: 'attention', routine: true },
  'hand-raised': { tone: 'attention', shape: 'hand' },
  'late-answers': { tone: 'attention', shape: 'attention' },
  'waits-for-admission': { tone: 'attention', shape: 'attention', routine: true },
  paused: { tone: 'held', shape: 'held' },
  'not-arrived': { tone: 'attention', shape: 'attention', routine: true },
  'not-started': { tone: 'attention', shape: 'attention', routine: true },
};

/** The word for a kind of trouble. */
export const troubleWord = (trouble: Trouble): Text => TROUBLE_WORDS[trouble];
export const troubleLook = (trouble: Trouble): { tone: Tone; shape: ShapeName } => TROUBLE_LOOKS[trouble];

/** Since when a trouble has lasted, server time, ms. */
function troubleSince(
  seat: SeatView,
  trouble: Trouble,
  roomStartedAt: number | undefined,
): number | undefined {
  switch (trouble) {
    case 'not-me':
    case 'hand-raised':
      return seat.hand?.at;
    case 'second-sign-in':
      return seat.secondSignIn?.at;
    case 'line-lost':
      return seat.line.at;
    case 'seat-left':
      return seat.awaySince;
    case 'late-answers':
      return seat.late?.at;
    case 'not-saving':
      return seat.lastSaveAt ?? seat.startedAt;
    case 'waits-for-admission':
      return seat.identityConfirmedAt;
    case 'paused':
      return seat.pausedAt;
    case 'not-arrived':
    case 'not-started':
      return roomStartedAt;
  }
}

/** How a seat without trouble is shown. */
function calmStatus(seat: SeatView): SeatStatus {
  switch (seat.state) {
    case 'expected':
      return seat.arrivedAt === undefined
        ? { tone: 'away', shape: 'away', word: { zh: '未到', en: 'Expected' } }
        : { tone: 'away', shape: 'away', word: { zh: '确认中', en: 'Signing in' } };
    case 'checked-in':
      return { tone: 'ok', shape: 'ok', word: { zh: '已准入', en: 'Admitted' } };
    case 'ready':
      return { tone: 'ok', shape: 'ok', word: { zh: '就绪', en: 'Ready' } };
    case 'answering':
      return { tone: 'ok', shape: 'ok', word: { zh: '作答', en: 'Working' } };
    case 'paused':
      return { tone: 'held', shape: 'held', word: { zh: '已暂停', en: 'Paused' } };
    case 'terminated':
      return { tone: 'done', shape: 'ended', word: { zh: '已终止', en: 'Ended' } };
    case 'handed-in':
      return { tone: 'done', shape: 'done', word: { zh: '已交卷', en: 'Handed in' } };
    default:
      return seat.absent
        ? { tone: 'away', shape: 'away', word: { zh: '缺考', en: 'Absent' } }
        : { tone: 'done', shape: 'done', word: { zh: '已收卷', en: 'Collected' } };
  }
}

/** How a seat is shown: its gravest trouble, or else its state. */
export function statusOf(seat: ConsoleSeat, roomStartedAt: number | undefined): SeatStatus {
  const [gravest] = seat.troubles;
  if (gravest === undefined) return calmStatus(seat);
  const since = troubleSince(seat, gravest, roomStartedAt);
  return {
    ...TROUBLE_LOOKS[gravest],
    word: TROUBLE_WORDS[gravest],
    ...(since === undefined ? {} : { since }),
  };
}

/** "12 min", "1 h" or "1 h 3 min" of whole minutes. */
function minutesText(minutes: number, lang: Lang): string {
  const hours = Math.floor(minutes / 60);
  const rest = minutes % 60;
  const [hour, minute] = lang === 'zh' ? (['小时', '分'] as const) : ([' h', ' min'] as const);
  const parts = [hours > 0 ? `${hours}${hour}` : '', rest > 0 || hours === 0 ? `${rest}${minute}` : ''];
  return parts.filter(Boolean).join(lang === 'zh' ? '' : ' ');
}

/** "0:42", from ten minutes on "12 min", from an hour on "1 h 3 min", of a time that has passed, ms. */
export function elapsedText(ms: number, lang: Lang): string {
  const seconds = Math.max(0, Math.floor(ms / 1000));
  const minutes = Math.floor(seconds / 60);
  if (minutes < 10) return `${minutes}:${String(seconds % 60).padStart(2, '0')}`;
  return minutesText(minutes, lang);
}

/** "2 s", "5 min" of a time that has passed, ms; where there is a word for it beside. */
export function ageText(ms: number, lang: Lang): string {
  const seconds = Math.max(0, Math.floor(ms / 1000));
  if (seconds < 60) return lang === 'zh' ? `${seconds}秒` : `${seconds} s`;
  return minutesText(Math.floor(seconds / 60), lang);
}

/** "2 s ago", "5 min ago" of a time that has passed, ms. */
export const agoText = (ms: number, lang: Lang): string =>
  `${ageText(ms, lang)}${lang === 'zh' ? '前' : ' ago'}`;

/** A computer's address as people read it: IPv4 without the prefix that sockets put before it. */
export const addressText = (address: string): string => address.replace(/^::ffff:/, '');

/** Seat number as on the desk: "05". */
export const seatNumber = (seat: number): string => String(seat).padStart(2, '0');

/** What the four filters of the toolbar let through. */
export const FILTERS = ['all', 'attention', 'missing', 'hand'] as const;
export type Filter = (typeof FILTERS)[number];

/** Whether a seat passes a filter. */
export function passes(seat: ConsoleSeat, filter: Filter): boolean {
  switch (filter) {
    case 'all':
      return true;
    case 'attention':
      return seat.troubles.length > 0;
    case 'missing':
      return seat.arrivedAt === undefined;
    case 'hand':
      return seat.hand !== undefined;
  }
}

/** Whether a seat answers to what was typed: its number, or part of the name or admission number. */
export function matches(seat: SeatView, typed: string): boolean {
  const query = typed.trim().toLowerCase();
  if (query === '') return true;
  if (/^\d{1,3}$/.test(query) && Number(query) === seat.seat) return true;
  return [seat.name, seat.admissionNumber].some((text) => text.toLowerCase().includes(query));
}

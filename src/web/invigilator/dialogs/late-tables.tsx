import { useEffect } from 'react';
import type { ConsoleSeat, LateAnswersView } from '../../../proctoring/proctoring.views.contract.ts';
import { useLanguage, useOf, useText, type Messages } from '../../lib/language.tsx';
import { LoadState } from '../../lib/load-state.tsx';
import { timeText } from '../../lib/time.ts';
import { useLoaded } from '../../lib/use-loaded.ts';
import { besideEnd, endOf, LATE_REASON_NAMES } from '../late-words.ts';
import { seatNumber } from '../seat-status.ts';
import { Shape } from '../shape.tsx';

const messages = {
  deadline: { zh: '截止 {time}', en: 'Deadline {time}' },
  ended: { zh: '结束 {time}', en: 'Ended {time}' },
  items: { zh: '迟到的题', en: 'Late questions' },
  question: { zh: '题', en: 'Question' },
  number: { zh: '第 {n} 题', en: 'No. {n}' },
  claimed: { zh: '作答时间（考生电脑所报）', en: 'Given (as the computer says)' },
  unclaimed: { zh: '未报', en: 'not said' },
  arrived: { zh: '到达服务器', en: 'Reached the server' },
  stored: { zh: '现存答案', en: 'Counts now' },
  none: { zh: '无', en: 'none' },
  savedAt: { zh: '{time} 保存', en: 'saved {time}' },
  why: { zh: '来源', en: 'Why late' },
  seats: { zh: '有迟到答案的座位', en: 'Seats with late answers' },
  seat: { zh: '座位', en: 'Seat' },
  name: { zh: '姓名', en: 'Name' },
  count: { zh: '题数', en: 'Questions' },
  last: { zh: '最后到达', en: 'Last arrival' },
  state: { zh: '结束', en: 'Ended' },
} satisfies Messages;

/** A time, and how it lies beside the end: by shape and words. */
function BesideEnd({ at, end }: { at: number; end: number | undefined }) {
  const { lang } = useLanguage();
  if (end === undefined) return <span className="number">{timeText(at, true)}</span>;
  const { early, words } = besideEnd(at, end, lang);
  const tone = early ? 'ok' : 'attention';
  return (
    <>
      <span className="number">{timeText(at, true)}</span>{' '}
      <span className={`status ${tone}`}>
        <Shape name={tone} /> <span className="number">{words}</span>
      </span>
    </>
  );
}

/** The late answers of one seat, the newest of each item: when, never what. */
export function LateItems({ seat }: { seat: ConsoleSeat }) {
  const text = useText(messages);
  const of = useOf();
  const path = `/api/rooms/${encodeURIComponent(seat.roomId)}/late-answers/${encodeURIComponent(seat.attemptId)}`;
  const { state, reload } = useLoaded<LateAnswersView>(path);
  const lastAt = seat.late?.at;
  useEffect(() => {
    void reload();
  }, [reload, lastAt]);
  if (state.kind !== 'loaded') return <LoadState state={state} onRetry={reload} />;
  const { value } = state;
  const end = endOf(value);
  return (
    <>
      <p className="number ends">
        {value.deadline !== undefined && <b>{text('deadline', { time: timeText(value.deadline, true) })}</b>}
        {value.endedAt !== undefined && <span>{text('ended', { time: timeText(value.endedAt, true) })}</span>}
      </p>
      <div className="late-frame" tabIndex={0} role="region" aria-label={text('items')}>
        <table className="late-table">
          <thead>
            <tr>
              {(['question', 'claimed', 'arrived', 'stored', 'why'] as const).map((key) => (
                <th key={key} scope="col">
                  {text(key)}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {value.rows.map((row) => (
              <tr key={row.itemId}>
                <th scope="row">
                  {row.number !== undefined && <>{text('number', { n: row.number })} </>}
                  <small className="muted number">{row.itemId}</small>
                </th>
                <td>
                  {row.claimedAt === undefined ? (
                    text('unclaimed')
                  ) : (
                    <BesideEnd at={row.claimedAt} end={end} />
                  )}
                </td>
                <td>
                  <BesideEnd at={row.arrivedAt} end={end} />
                </td>
                <td className="number">
                  {row.storedAt === undefined
                    ? text('none')
                    : text('savedAt', { time: timeText(row.storedAt, true) })}
                </td>
                <td>{of(LATE_REASON_NAMES[row.reason])}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </>
  );
}

/** The seats of a decision for several: how many items, and when the last came. */
export function LateSeats({ seats }: { seats: readonly ConsoleSeat[] }) {
  const text = useText(messages);
  return (
    <div className="late-frame" tabIndex={0} role="region" aria-label={text('seats')}>
      <table className="late-table">
        <thead>
          <tr>
            {(['seat', 'name', 'count', 'last', 'state'] as const).map((key) => (
              <th key={key} scope="col" className={key === 'seat' || key === 'count' ? 'few' : ''}>
                {text(key)}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {seats.map((seat) => (
            <tr key={seat.attemptId}>
              <td className="few number">{seatNumber(seat.seat)}</td>
              <th scope="row">{seat.name}</th>
              <td className="few number">{seat.late?.items}</td>
              <td>{seat.late !== undefined && <BesideEnd at={seat.late.at} end={endOf(seat)} />}</td>
              <td className="number">{seat.endedAt !== undefined && timeText(seat.endedAt, true)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

import { useCallback, useState } from 'react';
import type { RoomRecord } from '../../proctoring/proctoring.views.contract.ts';
import { LanguageSwitch, useOf, useText, type Messages } from '../lib/language.tsx';
import { LoadState } from '../lib/load-state.tsx';
import type { SessionHandle } from '../lib/session.tsx';
import { dateTimeText, timeText } from '../lib/time.ts';
import { useLoaded } from '../lib/use-loaded.ts';
import { RoomDialog } from './dialogs/room-dialog.tsx';
import {
  AttendanceTable,
  IncidentTable,
  LedgerTable,
  MessageTable,
  StaffingTable,
} from './record-tables.tsx';
import { LateDecisionTable } from './record-late.tsx';
import { useOrders } from './use-orders.ts';

const messages = {
  title: { zh: '考场记录', en: 'Room record' },
  back: { zh: '返回考场', en: 'Back to the room' },
  print: { zh: '打印', en: 'Print' },
  sign: { zh: '签署', en: 'Sign' },
  interim: {
    zh: '考场尚未结束，此记录为截至 {time} 的情况。',
    en: 'The room is not closed yet; this is the record as of {time}.',
  },
  room: { zh: '考场', en: 'Room' },
  sitting: { zh: '场次', en: 'Sitting' },
  planned: { zh: '计划时间', en: 'Planned' },
  opened: { zh: '开放', en: 'Opened' },
  started: { zh: '开考', en: 'Started' },
  collected: { zh: '收卷', en: 'Collected' },
  holds: { zh: '暂停', en: 'On hold' },
  counts: { zh: '人数', en: 'Candidates' },
  countsOf: { zh: '应到 {m}，实到 {n}，缺考 {k}', en: '{m} expected, {n} came, {k} absent' },
  attendance: { zh: '考生', en: 'Attendance' },
  staffing: { zh: '人员在岗', en: 'Staffing' },
  incidents: { zh: '异常', en: 'Incidents' },
  ledger: { zh: '时间变动', en: 'Changes of time' },
  late: { zh: '迟到答案的决定', en: 'Decisions on late answers' },
  told: { zh: '消息', en: 'Messages' },
  signatures: { zh: '签字', en: 'Signatures' },
  signed: { zh: '{name} 已电子签署 {at}', en: '{name}, signed electronically {at}' },
  remarks: { zh: '备注：{words}', en: 'Remarks: {words}' },
  byHand: { zh: '签名', en: 'Signature' },
  date: { zh: '日期', en: 'Date' },
} satisfies Messages;

/** The room record (考场记录): all that happened, to be signed and printed. */
export function Record({ roomId, session }: { roomId: string; session: SessionHandle }) {
  const text = useText(messages);
  const { state, reload } = useLoaded<RoomRecord>(`/api/rooms/${encodeURIComponent(roomId)}/record`);
  if (state.kind === 'loaded') return <Sheet record={state.value} session={session} onSigned={reload} />;
  return (
    <main className="centre">
      <div className="panel signin">
        <h1>{text('title')}</h1>
        <LoadState state={state} onRetry={reload} />
        <a className="button" href={`#${roomId}`}>
          {text('back')}
        </a>
      </div>
    </main>
  );
}

function Sheet({
  record,
  session,
  onSigned,
}: {
  record: RoomRecord;
  session: SessionHandle;
  onSigned: () => Promise<void>;
}) {
  const text = useText(messages);
  const { room } = record;
  const orders = useOrders(room.id, onSigned);
  const [signing, setSigning] = useState(false);
  const close = useCallback(() => {
    setSigning(false);
  }, []);
  const { id, roles } = session.me;
  const onRoster =
    room.staff.some(({ accountId }) => accountId === id) || roles.includes('chief-invigilator');
  const signed = record.signatures.some(({ accountId }) => accountId === id);
  return (
    <main className="record">
      <nav className="record-tools">
        <a className="button" href={`#${room.id}`}>
          {text('back')}
        </a>
        <span className="who">
          <LanguageSwitch />
          {room.state === 'collected' && onRoster && !signed && (
            <button
              type="button"
              className="button"
              onClick={() => {
                setSigning(true);
              }}
            >
              {text('sign')}
            </button>
          )}
          <button
            type="button"
            className="button primary"
            onClick={() => {
              window.print();
            }}
          >
            {text('print')}
          </button>
        </span>
      </nav>
      <article className="sheet">
        <h1>{text('title')}</h1>
        {!record.final && (
          <p className="notice attention">{text('interim', { time: timeText(record.now) })}</p>
        )}
        <Head record={record} />
        <Sections record={record} />
        <Signatures record={record} />
      </article>
      {signing && <RoomDialog action="sign" candidates={room.candidates} orders={orders} onClose={close} />}
    </main>
  );
}

function Head({ record }: { record: RoomRecord }) {
  const text = useText(messages);
  const of = useOf();
  const { room, sitting, times, holds, attendance } = record;
  const came = attendance.filter(({ arrivedAt }) => arrivedAt !== undefined).length;
  const absent = attendance.filter((row) => row.absent).length;
  const at = (time: number | undefined): string => (time === undefined ? '—' : timeText(time, true));
  const rows: [keyof typeof messages, string][] = [
    ['room', `${room.name}（${room.code}）`],
    ['sitting', of(sitting.title)],
    ['planned', `${dateTimeText(times.startsAt)}–${timeText(times.startsAt + sitting.minutes * 60_000)}`],
    ['counts', text('countsOf', { m: attendance.length, n: came, k: absent })],
    ['opened', at(times.openedAt)],
    ['started', at(times.startedAt)],
    ['collected', at(times.collectedAt)],
    ['holds', holds.map(({ from, to }) => `${timeText(from, true)}–${timeText(to, true)}`).join('; ') || '—'],
  ];
  return (
    <dl className="record-head">
      {rows.map(([key, value]) => (
        <div key={key}>
          <dt>{text(key)}</dt>
          <dd className="number">{value}</dd>
        </div>
      ))}
    </dl>
  );
}

function Sections({ record }: { record: RoomRecord }) {
  const text = useText(messages);
  const seatOf = new Map(record.attendance.map(({ attemptId, seat }) => [attemptId, seat]));
  return (
    <>
      <h2>{text('attendance')}</h2>
      <AttendanceTable rows={record.attendance} />
      <h2>{text('incidents')}</h2>
      <IncidentTable rows={record.incidents} seatOf={seatOf} />
      <h2>{text('ledger')}</h2>
      <LedgerTable rows={record.ledger} seatOf={seatOf} />
      {record.lateDecisions.length > 0 && (
        <>
          <h2>{text('late')}</h2>
          <LateDecisionTable rows={record.lateDecisions} seatOf={seatOf} />
        </>
      )}
      <h2>{text('told')}</h2>
      <MessageTable rows={record.messages} seatOf={seatOf} />
      <h2>{text('staffing')}</h2>
      <StaffingTable rows={record.staffing} />
    </>
  );
}

/** Electronic signatures, and lines for two by hand. */
function Signatures({ record }: { record: RoomRecord }) {
  const text = useText(messages);
  return (
    <section className="signatures">
      <h2>{text('signatures')}</h2>
      <ul>
        {record.signatures.map(({ accountId, name, at, remarks }) => (
          <li key={accountId}>
            {text('signed', { name, at: dateTimeText(at) })}
            {remarks !== undefined && <p>{text('remarks', { words: remarks })}</p>}
          </li>
        ))}
      </ul>
      <div className="by-hand">
        {[1, 2].map((n) => (
          <p key={n}>
            {text('byHand')} <span className="rule" /> {text('date')} <span className="rule short" />
          </p>
        ))}
      </div>
    </section>
  );
}

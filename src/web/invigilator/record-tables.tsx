import type { ReactNode } from 'react';
import type {
  IncidentView,
  LedgerView,
  MessageView,
  RoomRecord,
  StaffingChange,
  StaffingLogView,
} from '../../proctoring/proctoring.views.contract.ts';
import type { AttemptState } from '../../sitting/attempt.rules.ts';
import type { Text } from '../../shared/text.ts';
import { useLanguage, useOf, useText, type Messages } from '../lib/language.tsx';
import { timeText } from '../lib/time.ts';
import { LEDGER_KIND_NAMES } from './command-names.ts';
import { amountText, giverText, reasonText } from './ledger-words.ts';
import { CATEGORY_NAMES, kindName } from './incident-names.ts';
import { seatNumber } from './seat-status.ts';

const messages = {
  none: { zh: '无', en: 'None' },
  seat: { zh: '座位', en: 'Seat' },
  name: { zh: '姓名', en: 'Name' },
  number: { zh: '准考证号', en: 'Admission no.' },
  state: { zh: '状态', en: 'State' },
  arrived: { zh: '登录', en: 'Signed in' },
  started: { zh: '开始', en: 'Started' },
  ended: { zh: '结束', en: 'Ended' },
  answered: { zh: '已答', en: 'Answered' },
  digest: { zh: '答卷摘要', en: 'Digest' },
  absent: { zh: '缺考', en: 'Absent' },
  notAdmitted: { zh: '未准入', en: 'Not admitted' },
  at: { zh: '时间', en: 'Time' },
  kind: { zh: '类别', en: 'Kind' },
  who: { zh: '座位、人员', en: 'Seats, people' },
  what: { zh: '经过', en: 'What happened' },
  decision: { zh: '处理意见', en: 'Decision' },
  by: { zh: '记录人', en: 'By' },
  minutes: { zh: '时长', en: 'Amount' },
  reason: { zh: '原因', en: 'Reason' },
  acknowledged: { zh: '已确认', en: 'Acknowledged' },
  read: { zh: '已读', en: 'Read' },
  missing: { zh: '（缺 {seats}）', en: ' (not {seats})' },
  text: { zh: '内容', en: 'Text' },
  change: { zh: '变动', en: 'Change' },
  person: { zh: '人员', en: 'Person' },
  presentNeeded: { zh: '在岗/需要', en: 'Here / needed' },
  candidates: { zh: '考生', en: 'Candidates' },
  whole: { zh: '全场', en: 'All' },
} satisfies Messages;

const STATE_NAMES: Readonly<Record<AttemptState, Text>> = {
  expected: { zh: '未到', en: 'Expected' },
  'checked-in': { zh: '已准入', en: 'Admitted' },
  ready: { zh: '就绪', en: 'Ready' },
  answering: { zh: '作答', en: 'Working' },
  paused: { zh: '已暂停', en: 'Paused' },
  'handed-in': { zh: '已交卷', en: 'Handed in' },
  collected: { zh: '到时收卷', en: 'Collected' },
  terminated: { zh: '已终止', en: 'Ended' },
  marked: { zh: '已交卷', en: 'Handed in' },
  released: { zh: '已交卷', en: 'Handed in' },
};

const CHANGE_NAMES: Readonly<Record<StaffingChange, Text>> = {
  entered: { zh: '到岗', en: 'Came' },
  left: { zh: '离岗', en: 'Left' },
  lapsed: { zh: '失联', en: 'Line lost' },
  moved: { zh: '转往其他考场', en: 'Went to another room' },
  collected: { zh: '收卷', en: 'Collected' },
  opened: { zh: '考场开放', en: 'Room opened' },
  breach: { zh: '人员不足', en: 'Too few' },
  restored: { zh: '人员恢复', en: 'Restored' },
  held: { zh: '考场暂停', en: 'On hold' },
  resumed: { zh: '考场恢复', en: 'Resumed' },
};

/** A time of the record; nothing where there is none. */
export const time = (at: number | undefined): string => (at === undefined ? '' : timeText(at, true));
const seatsOf = (attemptIds: readonly string[], seatOf: ReadonlyMap<string, number>): string =>
  attemptIds.map((id) => seatNumber(seatOf.get(id) ?? 0)).join(' ');

/** A table of the record, or "none". */
export function RecordTable({
  heads,
  rows,
}: {
  heads: readonly string[];
  rows: readonly { key: string; cells: readonly ReactNode[] }[];
}) {
  const text = useText(messages);
  if (rows.length === 0) return <p className="muted">{text('none')}</p>;
  return (
    <table>
      <thead>
        <tr>
          {heads.map((head) => (
            <th key={head} scope="col">
              {head}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {rows.map(({ key, cells }) => (
          <tr key={key}>
            {cells.map((cell, index) => (
              <td key={heads[index]}>{cell}</td>
            ))}
          </tr>
        ))}
      </tbody>
    </table>
  );
}

export function AttendanceTable({ rows }: { rows: RoomRecord['attendance'] }) {
  const text = useText(messages);
  const of = useOf();
  const stateOf = (row: RoomRecord['attendance'][number]): string => {
    if (row.absent) return text('absent');
    const waits = row.state === 'expected' && row.arrivedAt !== undefined;
    return waits ? text('notAdmitted') : of(STATE_NAMES[row.state]);
  };
  return (
    <RecordTable
      heads={(
        ['seat', 'name', 'number', 'state', 'arrived', 'started', 'ended', 'answered', 'digest'] as const
      ).map((key) => text(key))}
      rows={rows.map((row) => ({
        key: row.attemptId,
        cells: [
          seatNumber(row.seat),
          row.name,
          row.admissionNumber,
          stateOf(row),
          time(row.arrivedAt),
          time(row.startedAt),
          time(row.endedAt),
          row.startedAt === undefined ? '' : `${row.answered}/${row.total}`,
          row.startedAt === undefined ? '' : row.digest?.slice(0, 12),
        ],
      }))}
    />
  );
}

interface SeatedRows<T> {
  rows: readonly T[];
  seatOf: ReadonlyMap<string, number>;
}

export function IncidentTable({ rows, seatOf }: SeatedRows<IncidentView>) {
  const text = useText(messages);
  const of = useOf();
  return (
    <RecordTable
      heads={(['at', 'kind', 'who', 'what', 'decision', 'by'] as const).map((key) => text(key))}
      rows={rows.map((row) => ({
        key: row.id,
        cells: [
          time(row.occurredAt),
          `${of(CATEGORY_NAMES[row.category])} · ${of(kindName(row.kind))}`,
          [seatsOf(row.attemptIds, seatOf), ...row.people].filter(Boolean).join('; '),
          row.text,
          row.decision,
          row.byName,
        ],
      }))}
    />
  );
}

/** Who has not acknowledged, by seat. */
function useMissing(seatOf: ReadonlyMap<string, number>): (waitingFor: readonly string[]) => string {
  const text = useText(messages);
  return (waitingFor) =>
    waitingFor.length === 0 ? '' : text('missing', { seats: seatsOf(waitingFor, seatOf) });
}

export function LedgerTable({ rows, seatOf }: SeatedRows<LedgerView>) {
  const text = useText(messages);
  const missing = useMissing(seatOf);
  const of = useOf();
  const { lang } = useLanguage();
  return (
    <RecordTable
      heads={(['at', 'seat', 'minutes', 'kind', 'reason', 'by', 'acknowledged'] as const).map((key) =>
        text(key),
      )}
      rows={rows.map((row) => ({
        key: row.id,
        cells: [
          time(row.at),
          row.scope === 'candidate' ? seatsOf([row.scopeId], seatOf) : text('whole'),
          amountText(row.minutes, lang),
          of(LEDGER_KIND_NAMES[row.kind]),
          reasonText(row, lang),
          giverText(row, lang),
          row.of === 0 ? '—' : `${row.acknowledged}/${row.of}${missing(row.waitingFor)}`,
        ],
      }))}
    />
  );
}

export function MessageTable({ rows, seatOf }: SeatedRows<MessageView>) {
  const text = useText(messages);
  const missing = useMissing(seatOf);
  return (
    <RecordTable
      heads={(['at', 'seat', 'text', 'by', 'read'] as const).map((key) => text(key))}
      rows={rows.map((row) => ({
        key: row.id,
        cells: [
          time(row.at),
          row.toAll ? text('whole') : seatsOf(row.attemptIds, seatOf),
          row.text,
          row.byName,
          `${row.acknowledged}/${row.of}${missing(row.waitingFor)}`,
        ],
      }))}
    />
  );
}

export function StaffingTable({ rows }: { rows: readonly StaffingLogView[] }) {
  const text = useText(messages);
  const of = useOf();
  return (
    <RecordTable
      heads={(['at', 'change', 'person', 'presentNeeded', 'candidates'] as const).map((key) => text(key))}
      rows={rows.map((row, index) => ({
        key: `${row.seq}-${index}`,
        cells: [
          time(row.at),
          of(CHANGE_NAMES[row.change]),
          row.name,
          `${row.present}/${row.needed}${row.ok ? '' : ' ■'}`,
          row.candidates,
        ],
      }))}
    />
  );
}

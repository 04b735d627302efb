import { useState } from 'react';
import {
  ADDED_KINDS,
  judgeArguments,
  MINUTES_ALONE,
  MINUTES_RANGE,
  secondPerson,
  type AddedKind,
} from '../../../proctoring/arguments.rules.ts';
import { useOf, useText, type Messages } from '../../lib/language.tsx';
import { ACTION_NAMES, LEDGER_KIND_NAMES } from '../command-names.ts';
import { requestId } from '../request-id.ts';
import { Dialog, useAsking } from './dialog.tsx';
import { Targets, type SeatDialogProps } from './targets.tsx';

const messages = {
  minutes: { zh: '分钟（{min}–{max}）', en: 'Minutes ({min}–{max})' },
  preset: { zh: '{n} 分钟', en: '{n} min' },
  kind: { zh: '类别', en: 'Kind' },
  reason: { zh: '原因（写入考场记录）', en: 'Reason (goes into the room record)' },
  device: { zh: '设备故障', en: 'Computer failure' },
  network: { zh: '网络中断', en: 'Network failure' },
  health: { zh: '身体不适', en: 'Unwell' },
  disturbance: { zh: '外界干扰', en: 'Disturbance' },
  second: {
    zh: '一人对同一考生累计超过 {n} 分钟，须另一名工作人员或主考确认后生效。',
    en: 'More than {n} minutes to one candidate by one person: another staff member or a chief has to confirm before it counts.',
  },
  needMinutes: { zh: '请填 {min}–{max} 的整数分钟', en: 'Give whole minutes from {min} to {max}' },
  needReason: { zh: '请填写原因', en: 'Give a reason' },
} satisfies Messages;

const PRESETS = [5, 10, 15] as const;
const REASONS = ['device', 'network', 'health', 'disturbance'] as const;

/** Minutes, kind and reason; says when a second person will be needed. */
export function TimeDialog(props: SeatDialogProps) {
  const { seats, whole, orders, onClose } = props;
  const text = useText(messages);
  const of = useOf();
  const { refusal, ask } = useAsking(onClose);
  const [id] = useState(requestId);
  const [typed, setTyped] = useState('5');
  const [kind, setKind] = useState<AddedKind>('incident');
  const [reason, setReason] = useState('');
  const minutes = Number(typed);
  const args = { minutes, kind, reason };
  const verdict = judgeArguments(
    'add-time',
    args,
    seats.map(({ seat }) => seat),
  );
  const second = secondPerson('add-time', { minutes, givenMinutes: 0, chief: false }) !== 'nobody';
  const blocked = verdict.ok
    ? undefined
    : verdict.field === '/args/minutes'
      ? text('needMinutes', MINUTES_RANGE)
      : text('needReason');
  return (
    <Dialog
      title={of(ACTION_NAMES['add-time'])}
      action={of(ACTION_NAMES['add-time'])}
      blocked={blocked}
      refusal={refusal}
      busy={orders.busy}
      onClose={onClose}
      onDo={() => {
        ask(orders.send({ command: 'add-time', seats, whole, id, args }));
      }}
    >
      <Targets {...props} />
      <div className="field">
        <label htmlFor="minutes">{text('minutes', MINUTES_RANGE)}</label>
        <div className="row">
          <input
            id="minutes"
            className="short number"
            inputMode="numeric"
            value={typed}
            onChange={(event) => {
              setTyped(event.target.value);
            }}
          />
          {PRESETS.map((n) => (
            <button
              key={n}
              type="button"
              className="button small"
              aria-pressed={minutes === n}
              onClick={() => {
                setTyped(String(n));
              }}
            >
              {text('preset', { n })}
            </button>
          ))}
        </div>
      </div>
      <fieldset className="radios">
        <legend>{text('kind')}</legend>
        {ADDED_KINDS.map((choice) => (
          <label key={choice}>
            <input
              type="radio"
              name="kind"
              checked={kind === choice}
              onChange={() => {
                setKind(choice);
              }}
            />{' '}
            {of(LEDGER_KIND_NAMES[choice])}
          </label>
        ))}
      </fieldset>
      <div className="field">
        <label htmlFor="reason">{text('reason')}</label>
        <input
          id="reason"
          value={reason}
          maxLength={300}
          onChange={(event) => {
            setReason(event.target.value);
          }}
        />
        <div className="row">
          {REASONS.map((key) => (
            <button
              key={key}
              type="button"
              className="button small"
              onClick={() => {
                setReason(text(key));
              }}
            >
              {text(key)}
            </button>
          ))}
        </div>
      </div>
      {second && <p className="notice attention">{text('second', { n: MINUTES_ALONE })}</p>}
    </Dialog>
  );
}

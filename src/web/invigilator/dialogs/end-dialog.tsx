import { useState } from 'react';
import { judgeArguments } from '../../../proctoring/arguments.rules.ts';
import type { ConsoleView } from '../../../proctoring/proctoring.views.contract.ts';
import { useOf, useText, type Messages } from '../../lib/language.tsx';
import { ACTION_NAMES } from '../command-names.ts';
import { requestId } from '../request-id.ts';
import { Dialog, useAsking } from './dialog.tsx';
import { Targets, type SeatDialogProps } from './targets.tsx';

const messages = {
  effect: {
    zh: '考试立即终止，已保存的答案照收；不能撤销。',
    en: 'The test ends at once. Answers saved so far are collected. It cannot be undone.',
  },
  chief: { zh: '须主考确认后生效。', en: 'It takes effect when a chief has confirmed it.' },
  reason: { zh: '原因（写入考场记录）', en: 'Reason (goes into the room record)' },
  again: { zh: '再次输入座位号以确认', en: 'Type the seat numbers again to confirm' },
  needReason: { zh: '请填写原因', en: 'Give a reason' },
  needSeats: { zh: '请再次输入座位号：{seats}', en: 'Type the seat numbers again: {seats}' },
  ask: { zh: '提请主考终止', en: 'Ask a chief to end it' },
} satisfies Messages;

const numbersOf = (typed: string): number[] => (typed.match(/\d+/g) ?? []).map(Number);

/** Ending an attempt: a reason, and the seat numbers typed again. */
export function EndDialog({ view, ...props }: SeatDialogProps & { view: ConsoleView }) {
  const { seats, orders, onClose } = props;
  const text = useText(messages);
  const of = useOf();
  const { refusal, ask } = useAsking(onClose);
  const [id] = useState(requestId);
  const [reason, setReason] = useState('');
  const [again, setAgain] = useState('');
  const numbers = seats.map(({ seat }) => seat);
  const args = { reason, confirmSeats: numbersOf(again) };
  const verdict = judgeArguments('terminate', args, numbers);
  const blocked = verdict.ok
    ? undefined
    : verdict.field === '/args/reason'
      ? text('needReason')
      : text('needSeats', { seats: numbers.join(' ') });
  return (
    <Dialog
      danger
      title={of(ACTION_NAMES.terminate)}
      action={view.me.chief ? of(ACTION_NAMES.terminate) : text('ask')}
      blocked={blocked}
      refusal={refusal}
      busy={orders.busy}
      onClose={onClose}
      onDo={() => {
        ask(orders.send({ command: 'terminate', seats, whole: false, id, args }));
      }}
    >
      <Targets {...props} />
      <p className="notice trouble">
        {text('effect')} {!view.me.chief && text('chief')}
      </p>
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
      </div>
      <div className="field">
        <label htmlFor="again">{text('again')}</label>
        <input
          id="again"
          className="number"
          inputMode="numeric"
          autoComplete="off"
          value={again}
          onChange={(event) => {
            setAgain(event.target.value);
          }}
        />
      </div>
    </Dialog>
  );
}

import { useState } from 'react';
import { useOf, useText, type Messages } from '../../lib/language.tsx';
import { ACTION_NAMES } from '../command-names.ts';
import { Photo } from '../photo.tsx';
import { requestId } from '../request-id.ts';
import { Dialog, useAsking } from './dialog.tsx';
import { Targets, type SeatDialogProps } from './targets.tsx';

const messages = {
  effect: {
    zh: '此人将被退出该座位，座位留给考生本人；此事记为异常。',
    en: 'The person is signed out and the seat is kept for the right one. It is written down as an incident.',
  },
  reason: { zh: '原因（写入考场记录）', en: 'Reason (goes into the room record)' },
  photo: { zh: '与照片不符', en: 'Does not match the photo' },
  document: { zh: '证件与姓名不符', en: 'The document bears another name' },
  seat: { zh: '坐错座位', en: 'Sat at the wrong seat' },
  needReason: { zh: '请填写原因', en: 'Give a reason' },
} satisfies Messages;

const REASONS = ['photo', 'document', 'seat'] as const;

/** "Not the same person": signs whoever sits there out and keeps the seat. */
export function RefuseDialog(props: SeatDialogProps) {
  const { seats, orders, onClose } = props;
  const text = useText(messages);
  const of = useOf();
  const { refusal, ask } = useAsking(onClose);
  const [id] = useState(requestId);
  const [reason, setReason] = useState('');
  return (
    <Dialog
      danger
      title={of(ACTION_NAMES['refuse-identity'])}
      action={of(ACTION_NAMES['refuse-identity'])}
      blocked={reason.trim().length < 2 ? text('needReason') : undefined}
      refusal={refusal}
      busy={orders.busy}
      onClose={onClose}
      onDo={() => {
        ask(orders.send({ command: 'refuse-identity', seats, whole: false, id, args: { reason } }));
      }}
    >
      <Targets {...props} />
      <div className="identity">
        {seats.map((seat) => (
          <Photo key={seat.attemptId} seat={seat} />
        ))}
        <p>{text('effect')}</p>
      </div>
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
    </Dialog>
  );
}

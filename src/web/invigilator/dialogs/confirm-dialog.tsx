import { useState } from 'react';
import { useOf, useText, type Messages } from '../../lib/language.tsx';
import { timeText } from '../../lib/time.ts';
import { ACTION_NAMES } from '../command-names.ts';
import { requestId } from '../request-id.ts';
import { addressText } from '../seat-status.ts';
import { Dialog, useAsking } from './dialog.tsx';
import { Targets, type SeatDialogProps } from './targets.tsx';

const messages = {
  pause: {
    zh: '他们的计时停止，不能作答；恢复时时间自动补回。',
    en: 'Their clocks stop and they cannot answer; the time is given back when they are resumed.',
  },
  resume: {
    zh: '他们可以继续作答，暂停的时间自动补回。',
    en: 'They go on, and the time of the pause is given back.',
  },
  'hand-over': {
    zh: '下一次在此座位登录的电脑即可继续作答，原来的电脑只能查看。',
    en: 'The next computer that signs in at this seat may answer; the one used so far can only show.',
  },
  handOverTo: {
    zh: '电脑 {address}（{time} 登录）即可继续作答，原来的电脑只能查看。已保存的答案都在；原电脑此后送来的答案留作记录。',
    en: 'Computer {address}, signed in at {time}, may answer from now on; the one used so far can only show. Every saved answer is there; what the old one sends afterwards is kept as evidence.',
  },
  'refuse-sign-in': {
    zh: '电脑 {address}（{time} 登录）将被退出登录；正在作答的电脑不受影响。',
    en: 'Computer {address}, signed in at {time}, is signed out; the one that answers is not touched.',
  },
  'lower-hand': { zh: '他们的举手将放下。', en: 'Their hands are taken down.' },
  reason: { zh: '原因（可不填）', en: 'Reason (if there is one)' },
} satisfies Messages;

type Confirmed = 'pause' | 'resume' | 'hand-over' | 'refuse-sign-in' | 'lower-hand';

/** Asks before something is done to several at once, or changes who may write. */
export function ConfirmDialog({ action, ...props }: SeatDialogProps & { action: Confirmed }) {
  const { seats, whole, orders, onClose } = props;
  const text = useText(messages);
  const of = useOf();
  const { refusal, ask } = useAsking(onClose);
  const [id] = useState(requestId);
  const [reason, setReason] = useState('');
  const [second] = seats.flatMap(({ secondSignIn }) => (secondSignIn === undefined ? [] : [secondSignIn]));
  const effect = action === 'hand-over' && second !== undefined ? 'handOverTo' : action;
  const computer: Record<string, string> =
    second === undefined ? {} : { address: addressText(second.address), time: timeText(second.at) };
  const args = reason.trim() === '' ? {} : { args: { reason } };
  return (
    <Dialog
      title={of(ACTION_NAMES[action])}
      action={of(ACTION_NAMES[action])}
      refusal={refusal}
      busy={orders.busy}
      onClose={onClose}
      onDo={() => {
        ask(orders.send({ command: action, seats, whole, id, ...args }));
      }}
    >
      <Targets {...props} />
      <p>{text(effect, computer)}</p>
      {action === 'pause' && (
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
      )}
    </Dialog>
  );
}

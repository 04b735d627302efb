import { useState } from 'react';
import { useText, type Messages } from '../../lib/language.tsx';
import type { RoomAction } from '../actions.ts';
import type { OrdersHandle } from '../use-orders.ts';
import { Dialog, useAsking } from './dialog.tsx';

const messages = {
  hold: { zh: '暂停考场', en: 'Put the room on hold' },
  resume: { zh: '恢复考场', en: 'Resume the room' },
  close: { zh: '结束考场', en: 'Close the room' },
  sign: { zh: '签署考场记录', en: 'Sign the room record' },
  holdDone: { zh: '考场已暂停', en: 'The room is on hold' },
  resumeDone: { zh: '考场已恢复', en: 'The room goes on' },
  closeDone: { zh: '考场已结束，您已签署记录', en: 'The room is closed and you have signed its record' },
  signDone: { zh: '您已签署考场记录', en: 'You have signed the room record' },
  holdText: {
    zh: '{n} 名考生：不再准入，不能开始；计时停或走按模板规定。',
    en: '{n} candidates: no admissions, no starts; clocks stop or run on as the template says.',
  },
  resumeText: {
    zh: '{n} 名考生继续考试；停表的时间自动补回。',
    en: '{n} candidates go on; stopped time is given back.',
  },
  closeText: {
    zh: '没有到场的考生记为缺考，本考场收卷，您签署考场记录。不能撤销。',
    en: 'Those who never came are absent, the room is collected, and you sign its record. It cannot be undone.',
  },
  signText: { zh: '您确认考场记录属实。', en: 'You confirm that the record is true.' },
  reason: { zh: '原因（写入考场记录）', en: 'Reason (goes into the room record)' },
  remarks: { zh: '备注（写在签名上方，可不填）', en: 'Remarks (above the signature, if any)' },
  needReason: { zh: '请填写原因', en: 'Give a reason' },
} satisfies Messages;

interface RoomDialogProps {
  action: RoomAction;
  candidates: number;
  orders: OrdersHandle;
  onClose(): void;
}

/** Holding, resuming, closing a room, and signing its record. */
export function RoomDialog({ action, candidates, orders, onClose }: RoomDialogProps) {
  const text = useText(messages);
  const { refusal, ask } = useAsking(onClose);
  const [words, setWords] = useState('');
  const ends = action === 'close' || action === 'sign';
  const body = ends ? (words.trim() === '' ? {} : { remarks: words }) : { reason: words };
  return (
    <Dialog
      title={text(action)}
      action={text(action)}
      danger={action === 'close'}
      blocked={!ends && words.trim().length < 2 ? text('needReason') : undefined}
      refusal={refusal}
      busy={orders.busy}
      onClose={onClose}
      onDo={() => {
        ask(orders.post(action === 'sign' ? 'close' : action, body, messages[`${action}Done`]));
      }}
    >
      <p>{text(`${action}Text`, { n: candidates })}</p>
      <div className="field">
        <label htmlFor="words">{text(ends ? 'remarks' : 'reason')}</label>
        <textarea
          id="words"
          rows={ends ? 3 : 2}
          maxLength={ends ? 2000 : 300}
          value={words}
          onChange={(event) => {
            setWords(event.target.value);
          }}
        />
      </div>
    </Dialog>
  );
}

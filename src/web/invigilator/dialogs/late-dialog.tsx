import { useState } from 'react';
import type { ConsoleSeat, LateDecisionView } from '../../../proctoring/proctoring.views.contract.ts';
import { api } from '../../lib/api.ts';
import { useText, type Messages } from '../../lib/language.tsx';
import { lateOutcome } from '../late-words.ts';
import { requestId } from '../request-id.ts';
import { seatNumber } from '../seat-status.ts';
import type { OrdersHandle } from '../use-orders.ts';
import { Dialog, useAsking } from './dialog.tsx';
import { LateItems, LateSeats } from './late-tables.tsx';

const messages = {
  title: { zh: '迟到答案：{seat} 号 {name}', en: 'Late answers: seat {seat}, {name}' },
  titleMany: { zh: '迟到答案：{n} 人', en: 'Late answers of {n} candidates' },
  hidden: {
    zh: '只看时间决定，不显示答案内容。',
    en: 'The decision is about the times; what was answered is not shown.',
  },
  choice: { zh: '决定', en: 'Decision' },
  accept: { zh: '采用', en: 'Accept' },
  acceptEffect: {
    zh: '计入答卷，回执重新计算，原回执保留',
    en: 'they count; the receipt is sealed anew and keeps the earlier one',
  },
  refuse: { zh: '不采用', en: 'Do not accept' },
  refuseEffect: {
    zh: '留作记录，答卷和回执不变',
    en: 'they stay evidence; paper and receipt stay as they are',
  },
  reason: { zh: '原因（写入考场记录）', en: 'Reason (goes into the room record)' },
  needChoice: { zh: '请选择采用或不采用', en: 'Choose whether they count' },
  needReason: { zh: '请填写原因', en: 'Give a reason' },
  once: { zh: '决定后不能更改。', en: 'It cannot be changed afterwards.' },
  decide: { zh: '记入决定', en: 'Decide' },
} satisfies Messages;

interface LateDialogProps {
  seats: readonly ConsoleSeat[];
  attemptIds: readonly string[];
  orders: OrdersHandle;
  onClose(): void;
}

/** The chief's decision on late answers, of one seat with its items or of several together; given once, with a reason. */
export function LateDialog({ seats, attemptIds, orders, onClose }: LateDialogProps) {
  const text = useText(messages);
  const { refusal, ask } = useAsking(onClose);
  const [id] = useState(requestId);
  const [accept, setAccept] = useState<boolean>();
  const [reason, setReason] = useState('');
  const targets = seats.filter(({ attemptId }) => attemptIds.includes(attemptId));
  const [only] = targets;
  const single = attemptIds.length === 1 && only !== undefined ? only : undefined;
  // What has come since the dialog was opened is shown in it, and so decided with it; what comes after the click is not.
  const upTo = Math.max(...targets.map(({ late }) => late?.at ?? 0));
  const blocked =
    accept === undefined ? text('needChoice') : reason.trim().length < 2 ? text('needReason') : undefined;
  const send = (): void => {
    const body = { attemptIds, accept, reason, upTo, requestId: id };
    const path = `/api/rooms/${encodeURIComponent(only?.roomId ?? '')}/late-answers/decision`;
    ask(orders.run(async () => lateOutcome(await api.post<LateDecisionView>(path, body))));
  };
  return (
    <Dialog
      wide
      title={
        single === undefined
          ? text('titleMany', { n: targets.length })
          : text('title', { seat: seatNumber(single.seat), name: single.name })
      }
      action={text('decide')}
      blocked={blocked}
      refusal={refusal}
      busy={orders.busy}
      onClose={onClose}
      onDo={send}
    >
      {single === undefined ? <LateSeats seats={targets} /> : <LateItems seat={single} />}
      <p className="muted">{text('hidden')}</p>
      <fieldset className="decisions">
        <legend>{text('choice')}</legend>
        {([true, false] as const).map((choice) => (
          <label key={String(choice)} className={accept === choice ? 'checked' : ''}>
            <input
              type="radio"
              data-first={choice}
              name="accept"
              checked={accept === choice}
              onChange={() => {
                setAccept(choice);
              }}
            />
            <span>
              <b>{text(choice ? 'accept' : 'refuse')}</b>
              <small>{text(choice ? 'acceptEffect' : 'refuseEffect')}</small>
            </span>
          </label>
        ))}
      </fieldset>
      <div className="field">
        <label htmlFor="reason">{text('reason')}</label>
        <textarea
          id="reason"
          rows={2}
          maxLength={1000}
          value={reason}
          onChange={(event) => {
            setReason(event.target.value);
          }}
        />
      </div>
      <p className="muted">{text('once')}</p>
    </Dialog>
  );
}

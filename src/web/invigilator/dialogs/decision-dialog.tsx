import { useState } from 'react';
import type { IncidentView } from '../../../proctoring/proctoring.views.contract.ts';
import { useOf, useText, type Messages } from '../../lib/language.tsx';
import { timeText } from '../../lib/time.ts';
import { CATEGORY_NAMES, kindName } from '../incident-names.ts';
import type { OrdersHandle } from '../use-orders.ts';
import { Dialog, useAsking } from './dialog.tsx';

const messages = {
  title: { zh: '处理意见', en: 'Decision' },
  decide: { zh: '记入意见', en: 'Write down' },
  decided: { zh: '处理意见已记入', en: 'The decision is written down' },
  once: { zh: '记入后不能更改。', en: 'It cannot be changed afterwards.' },
  needText: { zh: '请填写意见', en: 'Write the decision' },
} satisfies Messages;

/** The decision on an incident, given once. */
export function DecisionDialog({
  incident,
  orders,
  onClose,
}: {
  incident: IncidentView;
  orders: OrdersHandle;
  onClose(): void;
}) {
  const text = useText(messages);
  const of = useOf();
  const { refusal, ask } = useAsking(onClose);
  const [decision, setDecision] = useState('');
  return (
    <Dialog
      title={text('title')}
      action={text('decide')}
      blocked={decision.trim() === '' ? text('needText') : undefined}
      refusal={refusal}
      busy={orders.busy}
      onClose={onClose}
      onDo={() => {
        const path = `incidents/${encodeURIComponent(incident.id)}/decision`;
        ask(orders.post(path, { decision }, messages.decided));
      }}
    >
      <p>
        <b>
          {of(CATEGORY_NAMES[incident.category])} · {of(kindName(incident.kind))}
        </b>{' '}
        <span className="number muted">
          {timeText(incident.occurredAt)} {incident.byName}
        </span>
      </p>
      <p className="quoted">{incident.text}</p>
      <div className="field">
        <label htmlFor="decision">{text('title')}</label>
        <textarea
          id="decision"
          rows={3}
          maxLength={1000}
          value={decision}
          onChange={(event) => {
            setDecision(event.target.value);
          }}
        />
      </div>
      <p className="muted">{text('once')}</p>
    </Dialog>
  );
}

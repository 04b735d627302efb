import { useState } from 'react';
import {
  INCIDENT_CATEGORIES,
  type IncidentBody,
  type IncidentCategory,
} from '../../../proctoring/proctoring.contract.ts';
import { useOf, useText, type Messages } from '../../lib/language.tsx';
import { timeText } from '../../lib/time.ts';
import { CATEGORY_NAMES, INCIDENT_KINDS, kindName } from '../incident-names.ts';
import { Dialog, useAsking } from './dialog.tsx';
import { Targets, type SeatDialogProps } from './targets.tsx';

const messages = {
  title: { zh: '记录异常', en: 'Report an incident' },
  save: { zh: '记入', en: 'Write down' },
  saved: { zh: '异常已记入', en: 'The incident is written down' },
  category: { zh: '类别', en: 'Category' },
  kind: { zh: '情形', en: 'Kind' },
  time: { zh: '发生时间', en: 'When' },
  people: { zh: '其他相关人员（可不填）', en: 'Others involved (if any)' },
  text: { zh: '经过', en: 'What happened' },
  decision: { zh: '处理意见（可稍后填写）', en: 'Decision (may follow later)' },
  needTime: { zh: '时间应为 09:05 的样子', en: 'Give the time as 09:05' },
  needText: { zh: '请写明经过', en: 'Say what happened' },
} satisfies Messages;

/** The server time of today's hh:mm as typed; yesterday's when that would be later than now; undefined when it is no time. */
function atClock(typed: string, now: number): number | undefined {
  const parts = /^([01]?\d|2[0-3])[:：]([0-5]\d)$/.exec(typed.trim());
  if (parts === null) return undefined;
  const date = new Date(now);
  date.setHours(Number(parts[1]), Number(parts[2]), 0, 0);
  return date.getTime() > now ? date.getTime() - 86_400_000 : date.getTime();
}

/** Category and kind, people, time, what happened, decision. */
export function IncidentDialog({ now, ...props }: SeatDialogProps & { now: number }) {
  const { seats, whole, orders, onClose } = props;
  const text = useText(messages);
  const of = useOf();
  const { refusal, ask } = useAsking(onClose);
  const [category, setCategory] = useState<IncidentCategory>(whole ? 'environment' : 'candidate');
  const [kind, setKind] = useState<string>(INCIDENT_KINDS[category][0]);
  const [opened] = useState(() => timeText(now));
  const [time, setTime] = useState(opened);
  const [people, setPeople] = useState('');
  const [words, setWords] = useState('');
  const [decision, setDecision] = useState('');

  const body = (): IncidentBody => {
    const names = people
      .split(/[,，、;；]/)
      .map((name) => name.trim())
      .filter(Boolean);
    const occurredAt = time === opened ? undefined : atClock(time, now);
    return {
      category,
      kind,
      text: words,
      ...(whole ? {} : { attemptIds: seats.map(({ attemptId }) => attemptId) }),
      ...(names.length === 0 ? {} : { people: names }),
      ...(decision.trim() === '' ? {} : { decision }),
      ...(occurredAt === undefined ? {} : { occurredAt }),
    };
  };
  return (
    <Dialog
      title={text('title')}
      action={text('save')}
      blocked={
        words.trim() === ''
          ? text('needText')
          : atClock(time, now) === undefined
            ? text('needTime')
            : undefined
      }
      refusal={refusal}
      busy={orders.busy}
      onClose={onClose}
      onDo={() => {
        ask(orders.post('incidents', body(), messages.saved));
      }}
    >
      <Targets {...props} />
      <fieldset className="radios">
        <legend>{text('category')}</legend>
        {INCIDENT_CATEGORIES.map((choice) => (
          <label key={choice}>
            <input
              type="radio"
              name="category"
              checked={category === choice}
              onChange={() => {
                setCategory(choice);
                setKind(INCIDENT_KINDS[choice][0]);
              }}
            />{' '}
            {of(CATEGORY_NAMES[choice])}
          </label>
        ))}
      </fieldset>
      <div className="two">
        <div className="field">
          <label htmlFor="kind">{text('kind')}</label>
          <select
            id="kind"
            value={kind}
            onChange={(event) => {
              setKind(event.target.value);
            }}
          >
            {INCIDENT_KINDS[category].map((code) => (
              <option key={code} value={code}>
                {of(kindName(code))}
              </option>
            ))}
          </select>
        </div>
        <div className="field">
          <label htmlFor="time">{text('time')}</label>
          <input
            id="time"
            className="number"
            inputMode="numeric"
            value={time}
            onChange={(event) => {
              setTime(event.target.value);
            }}
          />
        </div>
      </div>
      <div className="field">
        <label htmlFor="text">{text('text')}</label>
        <textarea
          id="text"
          rows={3}
          maxLength={2000}
          value={words}
          onChange={(event) => {
            setWords(event.target.value);
          }}
        />
      </div>
      <div className="two">
        <div className="field">
          <label htmlFor="people">{text('people')}</label>
          <input
            id="people"
            value={people}
            maxLength={300}
            onChange={(event) => {
              setPeople(event.target.value);
            }}
          />
        </div>
        <div className="field">
          <label htmlFor="decision">{text('decision')}</label>
          <input
            id="decision"
            value={decision}
            maxLength={1000}
            onChange={(event) => {
              setDecision(event.target.value);
            }}
          />
        </div>
      </div>
    </Dialog>
  );
}

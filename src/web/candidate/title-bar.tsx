import { memo } from 'react';
import type { AttemptView } from '../../sitting/attempt.contract.ts';
import { useOf, useText, type Messages } from '../lib/language.tsx';
import type { SaveState } from './answer-sender.ts';
import { Appearance } from './appearance.tsx';
import { Clock } from './clock.tsx';
import { HandButton } from './hand-button.tsx';
import { SaveLine } from './save-line.tsx';
import './styles/title-bar.css';

const messages = {
  seat: { zh: '{seat}号座', en: 'Seat {seat}' },
  junior: { zh: '初级', en: 'Junior' },
  intermediate: { zh: '中级', en: 'Intermediate' },
  senior: { zh: '高级', en: 'Senior' },
  theory: { zh: '理论知识', en: 'Theory' },
  skill: { zh: '技能考核', en: 'Skill' },
  form: { zh: ' {label}卷', en: ', Form {label}' },
  answered: { zh: '已答', en: 'Answered' },
  marked: { zh: '标记', en: 'Marked' },
  leave: { zh: '离座', en: 'Leave seat' },
  handIn: { zh: '交卷', en: 'Hand in' },
} satisfies Messages;

interface TitleBarProps {
  attempt: AttemptView;
  answered: number;
  total: number;
  marked: number;
  save: SaveState;
  online: boolean;
  /** Nothing can be answered or handed in now. */
  disabled: boolean;
  /** Milliseconds left by the server's clock; undefined until known. */
  remaining(): number | undefined;
  refresh(): Promise<void>;
  onLeave(): void;
  onHandIn(): void;
}

/** The head of the page, always there. */
export const TitleBar = memo(function TitleBar(props: TitleBarProps) {
  const text = useText(messages);
  const { attempt } = props;
  return (
    <header className="title-bar">
      <Who attempt={attempt} />
      <SaveLine save={props.save} online={props.online} />
      <span className="counts">
        <span>
          {text('answered')}{' '}
          <b className="number">
            {props.answered}/{props.total}
          </b>
        </span>
        <span>
          {text('marked')} <b className="number">{props.marked}</b>
        </span>
      </span>
      <Clock remaining={props.remaining} />
      <Appearance />
      <span className="title-actions">
        <HandButton attempt={attempt} refresh={props.refresh} />
        <button type="button" className="button" onClick={props.onLeave}>
          {text('leave')}
        </button>
        <button type="button" className="button primary" disabled={props.disabled} onClick={props.onHandIn}>
          {text('handIn')}
        </button>
      </span>
    </header>
  );
});

const Who = memo(function Who({ attempt }: { attempt: AttemptView }) {
  const text = useText(messages);
  const of = useOf();
  // The room comes last: where it is too narrow, seat and name stay.
  const place = [text('seat', { seat: attempt.seat }), attempt.candidate.name, attempt.room.name].join(' · ');
  const form = attempt.formLabel === '' ? '' : text('form', { label: attempt.formLabel });
  return (
    <div className="who">
      <strong title={of(attempt.paperTitle)}>
        {text(attempt.level)} · {text(attempt.part)}
        {form}
      </strong>
      <span title={place}>{place}</span>
    </div>
  );
});

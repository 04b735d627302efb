import { memo } from 'react';
import type { CandidateItem } from '../../assembly/form.contract.ts';
import { useText, type Messages } from '../lib/language.tsx';
import type { Question } from './paper.ts';
import { SCENARIO, usePart } from './parts.ts';
import { Choice, type Option } from './questions/choice.tsx';
import { Matching } from './questions/matching.tsx';
import { Numeric } from './questions/numeric.tsx';
import { Ordering } from './questions/ordering.tsx';
import './styles/answers.css';

const messages = {
  single: { zh: '选出一个正确答案', en: 'Choose one answer' },
  multiple: { zh: '选出所有正确答案', en: 'Choose all right answers' },
  trueFalse: { zh: '判断正误', en: 'True or false' },
  right: { zh: '正确', en: 'True' },
  wrong: { zh: '错误', en: 'False' },
  loading: { zh: '正在打开……', en: 'Opening …' },
} satisfies Messages;

interface QuestionAnswerProps {
  question: Question;
  value: unknown;
  struck: readonly string[];
  disabled: boolean;
  onChange(value: unknown, typing?: boolean): void;
  onStrike(optionId: string): void;
}

const texts = (value: unknown): string[] =>
  Array.isArray(value) ? value.filter((v): v is string => typeof v === 'string') : [];

/** The input that fits the item's type. */
export const QuestionAnswer = memo(function QuestionAnswer(props: QuestionAnswerProps) {
  const { question, value, disabled, onChange } = props;
  const { item } = question;
  const name = `q-${item.itemId}`;
  switch (item.type) {
    case 'single':
    case 'multiple':
      return <Chosen {...props} name={name} options={item.options} multiple={item.type === 'multiple'} />;
    case 'true-false':
      return <TrueFalse {...props} name={name} />;
    case 'numeric':
      return (
        <Numeric
          key={name}
          id={name}
          unit={item.unit}
          value={typeof value === 'string' ? value : ''}
          disabled={disabled}
          onChange={(number) => {
            onChange(number ?? null, true);
          }}
        />
      );
    case 'ordering':
      return <Ordering options={item.options} value={texts(value)} disabled={disabled} onChange={onChange} />;
    case 'matching':
      return (
        <Matching
          name={name}
          prompts={item.prompts}
          options={item.options}
          value={(value ?? {}) as Record<string, string>}
          disabled={disabled}
          onChange={(pairs) => {
            onChange(Object.keys(pairs).length > 0 ? pairs : null);
          }}
        />
      );
    case 'scenario':
      return <Task key={question.number} {...props} scenario={item.scenario} />;
  }
});

function Chosen(
  props: QuestionAnswerProps & { name: string; options: readonly Option[]; multiple: boolean },
) {
  const { value, multiple, onChange } = props;
  const text = useText(messages);
  return (
    <Choice
      name={props.name}
      label={text(multiple ? 'multiple' : 'single')}
      options={props.options}
      multiple={multiple}
      chosen={multiple ? texts(value) : typeof value === 'string' ? [value] : []}
      struck={props.struck}
      disabled={props.disabled}
      onStrike={props.onStrike}
      onChoose={(ids) => {
        onChange(multiple ? (ids.length > 0 ? ids : null) : ids[0]);
      }}
    />
  );
}

function TrueFalse(props: QuestionAnswerProps & { name: string }) {
  const { value, onChange } = props;
  const text = useText(messages);
  return (
    <Choice
      name={props.name}
      label={text('trueFalse')}
      options={[
        { id: 'true', text: messages.right },
        { id: 'false', text: messages.wrong },
      ]}
      multiple={false}
      chosen={typeof value === 'boolean' ? [String(value)] : []}
      struck={props.struck}
      disabled={props.disabled}
      onStrike={props.onStrike}
      onChoose={([id]) => {
        onChange(id === 'true');
      }}
    />
  );
}

type TaskProps = QuestionAnswerProps & {
  scenario: Extract<CandidateItem, { type: 'scenario' }>['scenario'];
};

/** A computer task; its part of the page is fetched with the paper of a skill test. */
function Task({ scenario, value, disabled, onChange }: TaskProps) {
  const text = useText(messages);
  const part = usePart(SCENARIO, 'now');
  if (part === undefined) return <p role="status">{text('loading')}</p>;
  return <part.Scenario scenario={scenario} value={value} disabled={disabled} onChange={onChange} />;
}

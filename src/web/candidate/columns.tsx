import { useCallback } from 'react';
import type { AttemptView } from '../../sitting/attempt.contract.ts';
import { useOf, useText, type Messages } from '../lib/language.tsx';
import { AnswerCard } from './answer-card.tsx';
import { ZOOMS } from './foot.tsx';
import type { LATER } from './parts.ts';
import { QuestionPane } from './question-pane.tsx';
import { Stopped } from './stopped.tsx';
import type { AnswersHandle } from './use-answers.ts';
import type { QuestionsHandle } from './use-questions.ts';
import type { View } from './use-view.ts';

const messages = {
  card: { zh: '答题卡', en: 'Answer card' },
  unfold: { zh: '展开答题卡', en: 'Unfold the answer card' },
} satisfies Messages;

const NONE: readonly string[] = [];

interface ColumnsProps {
  attempt: AttemptView;
  paper: QuestionsHandle;
  work: AnswersHandle;
  view: View;
  stopped: boolean;
  disabled: boolean;
  later: (typeof LATER)['loaded'];
}

/** Card, question, tool; or why it stands still. */
export function Columns(props: ColumnsProps) {
  const { work, stopped } = props;
  return (
    <div className="columns">
      {!stopped && <Card {...props} />}
      <main className="paper" aria-busy={!work.ready}>
        {stopped ? <Stopped attempt={props.attempt} /> : <Shown {...props} />}
      </main>
      {!stopped && <ToolBeside {...props} />}
    </div>
  );
}

function Card({ paper, view }: ColumnsProps) {
  const text = useText(messages);
  const { go } = paper;
  const { narrow, showCard } = view;
  const onGo = useCallback(
    (number: number) => {
      if (narrow) showCard(false);
      go(number);
    },
    [go, narrow, showCard],
  );
  const onFold = useCallback(() => {
    showCard(false);
  }, [showCard]);
  if (!view.card && narrow) return null;
  if (!view.card)
    return (
      <button
        type="button"
        className="card-rail"
        aria-label={text('unfold')}
        title={text('unfold')}
        onClick={() => {
          showCard(true);
        }}
      >
        <span aria-hidden="true">»</span>
        <span className="words number">
          {text('card')} {paper.answered}/{paper.questions.length}
        </span>
      </button>
    );
  return (
    <AnswerCard
      parts={paper.parts}
      marks={paper.marks}
      current={paper.question?.number ?? 0}
      answered={paper.answered}
      total={paper.questions.length}
      drawer={narrow}
      onGo={onGo}
      onFold={onFold}
    />
  );
}

function Shown({ paper, work, view, disabled }: ColumnsProps) {
  const of = useOf();
  const { question } = paper;
  if (question === undefined) return null;
  const { itemId } = question.item;
  const part = paper.parts[question.part];
  return (
    <QuestionPane
      question={question}
      partTitle={part === undefined ? '' : of(part.title)}
      value={work.answers.get(itemId)}
      marked={work.marked.includes(itemId)}
      struck={work.struck[itemId] ?? NONE}
      note={work.notes[itemId] ?? ''}
      noteOpen={view.note.open}
      noteFocused={view.note.byHand}
      zoom={ZOOMS[view.zoom] ?? 1}
      disabled={disabled}
      onChange={paper.change}
      onMark={paper.toggleMark}
      onStrike={paper.strike}
      onNote={paper.note}
      onNoteOpen={view.openNote}
    />
  );
}

function ToolBeside({ work, view, later }: ColumnsProps) {
  if (later === undefined || view.tool === undefined) return null;
  const close = (): void => {
    view.setTool(undefined);
  };
  if (view.tool === 'calculator') return <later.Calculator onClose={close} />;
  return (
    <later.ScratchPad
      value={work.scratch}
      onChange={(scratch) => {
        work.remember({ scratch });
      }}
      onClose={close}
    />
  );
}

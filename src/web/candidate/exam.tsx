import { useCallback } from 'react';
import type { CandidateForm } from '../../assembly/form.contract.ts';
import type { AttemptView } from '../../sitting/attempt.contract.ts';
import { Band } from './band.tsx';
import { Columns } from './columns.tsx';
import { Foot } from './foot.tsx';
import { Notices } from './notices.tsx';
import type { LATER } from './parts.ts';
import { TitleBar } from './title-bar.tsx';
import type { AnswersHandle } from './use-answers.ts';
import type { AttemptHandle } from './use-attempt.ts';
import { useKeys } from './use-keys.ts';
import { useQuestions, type QuestionsHandle } from './use-questions.ts';
import type { TimeChanges } from './use-time-notices.ts';
import { useView, type View } from './use-view.ts';
import './styles/exam.css';

interface ExamProps {
  handle: AttemptHandle;
  attempt: AttemptView;
  form: CandidateForm;
  work: AnswersHandle;
  /** Ms left by the server's clock; stands still while the clock does. */
  remaining(): number | undefined;
  times: TimeChanges;
  later: (typeof LATER)['loaded'];
}

/** The examination itself: head, card, question, foot. */
export function Exam(props: ExamProps) {
  const { handle, attempt, work, later, remaining } = props;
  const paper = useQuestions(props.form, work);
  const itemId = paper.question?.item.itemId ?? '';
  const view = useView(itemId, (work.notes[itemId] ?? '') !== '');
  const stopped = attempt.state === 'paused' || attempt.room.state === 'held';
  const disabled = stopped || !(work.writing === 'mine' || work.writing === 'claiming');
  useExamKeys(paper, work, view, { disabled, stopped });
  const { setDialog } = view;
  const { nudge } = work;
  const onLeave = useCallback(() => {
    setDialog('leave');
  }, [setDialog]);
  const onHandIn = useCallback(() => {
    nudge();
    setDialog('hand-in');
  }, [nudge, setDialog]);
  return (
    <div className="exam">
      <TitleBar
        attempt={attempt}
        answered={paper.answered}
        total={paper.questions.length}
        marked={work.marked.length}
        save={work.save}
        online={handle.online}
        disabled={disabled}
        remaining={remaining}
        refresh={handle.refresh}
        onLeave={onLeave}
        onHandIn={onHandIn}
      />
      <Band work={work} online={handle.online} />
      <Columns
        attempt={attempt}
        paper={paper}
        work={work}
        view={view}
        stopped={stopped}
        disabled={disabled}
        later={later}
      />
      <Notices attempt={attempt} times={props.times} version={handle.messagesVersion} left={remaining} />
      {!stopped && (
        <Foot
          index={(paper.question?.number ?? 1) - 1}
          total={paper.questions.length}
          calculator={attempt.limits.calculator}
          view={view}
          onGo={paper.go}
        />
      )}
      {later !== undefined && <Dialogs {...props} later={later} paper={paper} view={view} />}
    </div>
  );
}

function useExamKeys(
  paper: QuestionsHandle,
  work: AnswersHandle,
  view: View,
  { disabled, stopped }: { disabled: boolean; stopped: boolean },
): void {
  const { question } = paper;
  useKeys({
    question,
    value: question === undefined ? undefined : work.answers.get(question.item.itemId),
    disabled,
    off: !view.keys || stopped || view.dialog !== undefined,
    onChange: paper.change,
    onGo: paper.go,
    onMark: paper.toggleMark,
    onNote: () => {
      view.openNote(true);
    },
    onStrike: paper.strike,
    onZoom: view.stepZoom,
    onHelp: () => {
      view.setDialog('keys');
    },
  });
}

type DialogsProps = Pick<ExamProps, 'handle' | 'attempt' | 'work'> & {
  later: NonNullable<ExamProps['later']>;
  paper: QuestionsHandle;
  view: View;
};

function Dialogs({ handle, attempt, work, later, paper, view }: DialogsProps) {
  const close = (): void => {
    view.setDialog(undefined);
  };
  switch (view.dialog) {
    case 'hand-in':
      return (
        <later.HandIn
          attempt={attempt}
          questions={paper.questions}
          work={work}
          clock={handle.clock}
          refresh={handle.refresh}
          onGo={(number) => {
            close();
            paper.go(number);
          }}
          onBack={close}
        />
      );
    case 'leave':
      return <later.LeaveDialog attempt={attempt} refresh={handle.refresh} onClose={close} />;
    case 'keys':
      return <later.KeyHelp enabled={view.keys} onEnable={view.setKeys} onClose={close} />;
    case undefined:
      return null;
  }
}

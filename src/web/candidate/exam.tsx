import { useCallback, useEffect, useMemo, useState } from 'react';
import type { CandidateForm } from '../../assembly/form.contract.ts';
import type { AttemptView } from '../../sitting/attempt.contract.ts';
import { PAGE_PROTOCOL } from '../../sitting/page-protocol.ts';
import { api, errorText } from '../lib/api.ts';
import { useLanguage, useOf, useText } from '../lib/language.tsx';
import { AnswerCard } from './answer-card.tsx';
import { Calculator } from './calculator.tsx';
import { HandIn } from './hand-in.tsx';
import { candidateMessages } from './messages.ts';
import { Notices } from './notices.tsx';
import { isAnswered } from '../../sitting/answer-text.rules.ts';
import { numbered, type CardMark, type Question } from './paper.ts';
import { QuestionPane } from './question-pane.tsx';
import { TitleBar } from './title-bar.tsx';
import type { AnswersHandle } from './use-answers.ts';
import type { AttemptHandle } from './use-attempt.ts';
import { useKeys } from './use-keys.ts';

/** The examination itself: head, card, question, foot. */
export function Exam({
  handle,
  attempt,
  form,
  work,
}: {
  handle: AttemptHandle;
  attempt: AttemptView;
  form: CandidateForm;
  work: AnswersHandle;
}) {
  const text = useText(candidateMessages);
  const of = useOf();
  const { lang } = useLanguage();
  const parts = useMemo(() => numbered(form), [form]);
  const questions = useMemo(() => parts.flatMap((part) => part.questions), [parts]);
  const [cardShown, setCardShown] = useState(true);
  const [tool, setTool] = useState<'calculator' | 'scratch'>();
  const [handingIn, setHandingIn] = useState(false);
  const [busy, setBusy] = useState(false);
  const [refusal, setRefusal] = useState<unknown>(undefined);
  const { clock, refresh } = handle;
  const now = useCallback(() => clock.now(), [clock]);
  const remaining = useCallback(() => {
    if (attempt.clockStopped) return attempt.remainingMs;
    const at = clock.now();
    return attempt.deadline === undefined || at === undefined ? undefined : attempt.deadline - at;
  }, [attempt.clockStopped, attempt.remainingMs, attempt.deadline, clock]);

  const found = questions.findIndex((q) => q.item.itemId === work.current);
  const index = found === -1 ? 0 : found;
  const question = questions[index];
  const { remember, seen } = work;
  const go = useCallback(
    (number: number) => {
      const target = questions[number - 1];
      if (target !== undefined) remember({ current: target.item.itemId });
    },
    [questions, remember],
  );
  const itemId = question?.item.itemId;
  useEffect(() => {
    if (itemId !== undefined && !seen.includes(itemId)) remember({ seen: [...seen, itemId] });
  }, [itemId, seen, remember]);

  const stopped = attempt.state === 'paused' || attempt.room.state === 'held';
  const disabled = stopped || !(work.writing === 'mine' || work.writing === 'claiming');
  const answered = questions.filter((q) => isAnswered(work.answers.get(q.item.itemId))).length;
  const waiting = 'waiting' in work.save ? work.save.waiting : 0;
  const markOf = (q: Question): CardMark => ({
    answered: isAnswered(work.answers.get(q.item.itemId)),
    marked: work.marked.includes(q.item.itemId),
    seen: work.seen.includes(q.item.itemId),
    current: q.item.itemId === itemId,
  });
  const toggleMark = (): void => {
    if (itemId === undefined) return;
    remember({
      marked: work.marked.includes(itemId)
        ? work.marked.filter((id) => id !== itemId)
        : [...work.marked, itemId],
    });
  };
  const strike = (optionId: string): void => {
    if (itemId === undefined) return;
    const struck = work.struck[itemId] ?? [];
    const next = struck.includes(optionId) ? struck.filter((id) => id !== optionId) : [...struck, optionId];
    remember({ struck: { ...work.struck, [itemId]: next } });
  };
  useKeys({
    question,
    value: itemId === undefined ? undefined : work.answers.get(itemId),
    disabled: disabled || handingIn,
    onChange: work.change,
    onGo: go,
    onMark: toggleMark,
  });

  const handIn = async (): Promise<void> => {
    setBusy(true);
    try {
      const { fence } = work;
      await api.post(`/api/attempts/${attempt.attemptId}/hand-in`, { protocol: PAGE_PROTOCOL, fence });
      await refresh();
    } catch (error) {
      setRefusal(error);
    }
    setBusy(false);
  };
  const raise = (raised: boolean): void => {
    api.post(`/api/attempts/${attempt.attemptId}/hand`, { raised }).then(refresh, () => undefined);
  };
  const at = clock.now();
  const earliest = attempt.limits.earliestHandInAt;
  const tooEarly = earliest !== undefined && at !== undefined && at < earliest;

  return (
    <div className={`exam${cardShown ? '' : ' card-folded'}`}>
      <TitleBar
        title={of(attempt.paperTitle)}
        place={text('seat', { room: attempt.room.name, seat: attempt.seat })}
        name={attempt.candidate.name}
        answered={answered}
        total={questions.length}
        marked={work.marked.length}
        save={work.save}
        online={handle.online}
        remaining={remaining}
        handUp={attempt.handRaised}
        onHand={raise}
        onHandIn={() => {
          setRefusal(undefined);
          work.nudge();
          setHandingIn(true);
        }}
      />
      {(work.save.kind === 'waiting' || work.save.kind === 'refused') && (
        <p className="band" role="status">
          ▲ {work.save.kind === 'refused' ? errorText(work.save.error, lang) : text('lineLost')}
        </p>
      )}
      <div className="columns">
        {cardShown && (
          <AnswerCard parts={parts} markOf={markOf} answered={answered} total={questions.length} onGo={go} />
        )}
        <main className="paper" aria-busy={!work.ready}>
          {stopped ? (
            <div className="stopped" role="alert">
              <h1>❚❚ {attempt.state === 'paused' ? text('paused') : text('held')}</h1>
              <p>{text('pausedText')}</p>
            </div>
          ) : (
            question !== undefined && (
              <QuestionPane
                question={question}
                value={work.answers.get(question.item.itemId)}
                marked={work.marked.includes(question.item.itemId)}
                struck={work.struck[question.item.itemId] ?? []}
                disabled={disabled}
                onChange={(value, typing) => {
                  work.change(question.item.itemId, value, typing);
                }}
                onMark={toggleMark}
                onStrike={strike}
              />
            )
          )}
        </main>
        {tool === 'calculator' && (
          <Calculator
            onClose={() => {
              setTool(undefined);
            }}
          />
        )}
        {tool === 'scratch' && (
          <section className="tool" aria-label={text('scratch')}>
            <header>
              <h2>{text('scratch')}</h2>
              <button
                type="button"
                className="button quiet small"
                aria-label={text('close')}
                onClick={() => {
                  setTool(undefined);
                }}
              >
                ✕
              </button>
            </header>
            <textarea
              aria-label={text('scratch')}
              value={work.scratch}
              rows={14}
              onChange={(event) => {
                remember({ scratch: event.target.value });
              }}
            />
            <p className="hint">{text('scratchHint')}</p>
          </section>
        )}
      </div>
      <Notices attempt={attempt} version={handle.messagesVersion} now={now} onRead={refresh} />
      <footer className="foot">
        <span>
          <button
            type="button"
            className="button quiet"
            aria-pressed={cardShown}
            onClick={() => {
              setCardShown(!cardShown);
            }}
          >
            {cardShown ? text('foldCard') : text('unfoldCard')}
          </button>
        </span>
        <button
          type="button"
          className="button"
          disabled={index === 0}
          onClick={() => {
            go(index);
          }}
        >
          ◀ {text('previous')}
        </button>
        <span className="foot-tools">
          {attempt.limits.calculator && (
            <button
              type="button"
              className="button quiet"
              aria-pressed={tool === 'calculator'}
              onClick={() => {
                setTool(tool === 'calculator' ? undefined : 'calculator');
              }}
            >
              {text('calculator')}
            </button>
          )}
          <button
            type="button"
            className="button quiet"
            aria-pressed={tool === 'scratch'}
            onClick={() => {
              setTool(tool === 'scratch' ? undefined : 'scratch');
            }}
          >
            {text('scratch')}
          </button>
        </span>
        <button
          type="button"
          className="button"
          disabled={index >= questions.length - 1}
          onClick={() => {
            go(index + 2);
          }}
        >
          {text('next')} ▶
        </button>
      </footer>
      {handingIn && (
        <HandIn
          questions={questions}
          answers={work.answers}
          marked={work.marked}
          waiting={waiting}
          tooEarlyMinutes={tooEarly ? attempt.limits.earliestHandInMinutes : undefined}
          busy={busy}
          refusal={refusal === undefined ? undefined : errorText(refusal, lang)}
          onGo={(number) => {
            setHandingIn(false);
            go(number);
          }}
          onBack={() => {
            setHandingIn(false);
          }}
          onHandIn={() => void handIn()}
        />
      )}
    </div>
  );
}

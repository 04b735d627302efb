import { useEffect, useState } from 'react';
import type { DefenceView, DisclosedBallots } from '../../review/review.contract.ts';
import { api, errorText } from '../lib/api.ts';
import { useLanguage, useOf, useText } from '../lib/language.tsx';
import { LoadState } from '../lib/load-state.tsx';
import { clockText, timeText } from '../lib/time.ts';
import { useLoaded } from '../lib/use-loaded.ts';
import { defenceMessages } from './defence-messages.ts';
import { Disclosure } from './disclosure.tsx';
import { ScoreForm } from './score-form.tsx';

const EVERY_MS = 4_000;

/** One defence as a member of its panel sees it. */
export function DefencePage({ defenceId }: { defenceId: string }) {
  const text = useText(defenceMessages);
  const of = useOf();
  const { lang } = useLanguage();
  const path = `/api/defences/${encodeURIComponent(defenceId)}`;
  const { state, reload, set } = useLoaded<DefenceView>(path, EVERY_MS);
  const [error, setError] = useState<unknown>(undefined);
  if (state.kind !== 'loaded') {
    return (
      <main>
        <LoadState state={state} onRetry={reload} />
      </main>
    );
  }
  const defence = state.value;
  const act = (action: string, body: object = {}): void => {
    api.post<DefenceView>(`${path}/${action}`, body).then(
      (changed) => {
        setError(undefined);
        set(changed);
      },
      (refusal: unknown) => {
        setError(refusal);
      },
    );
  };
  return (
    <main className="defence">
      <section className="defence-left">
        <header>
          <h1>{text('candidate', { number: defence.admissionNumber })}</h1>
          <p className="muted">{of(defence.title)}</p>
        </header>
        {!defence.lawful && (
          <p className="notice trouble" role="alert">
            ■ {text('unlawful', { n: defence.panel.length })}
          </p>
        )}
        <FloorClock defence={defence} receivedAt={state.receivedAt} />
        {error !== undefined && (
          <p className="notice trouble" role="alert">
            {errorText(error, lang)}
          </p>
        )}
        <Actions defence={defence} onAct={act} />
        <Materials defence={defence} />
        <Panel defence={defence} onAct={act} />
        <Questions defence={defence} onAct={act} />
      </section>
      <section className="defence-right">
        {defence.mine === undefined || defence.state === 'scheduled' ? (
          <p className="empty">{text('scoreLater')}</p>
        ) : (
          <ScoreForm
            id={defenceId}
            criteria={defence.criteria}
            scores={defence.mine.scores}
            note={defence.mine.note}
            sealed={defence.mine.sealed}
            notNow={defence.state === 'defending' ? text('sealAfterClose') : undefined}
            onSave={(scores, note) => api.put(`${path}/ballot`, { scores, note })}
            onSeal={async () => {
              set(await api.post<DefenceView>(`${path}/ballot/seal`));
            }}
          />
        )}
        {defence.panel.length > 0 && defence.panel.every((member) => member.sealed) && (
          <Ballots path={path} defence={defence} onAct={act} />
        )}
      </section>
    </main>
  );
}

interface Acting {
  defence: DefenceView;
  onAct(action: string, body?: object): void;
}

/** Elapsed time with its floor drawn on it. */
function FloorClock({ defence, receivedAt }: { defence: DefenceView; receivedAt: number }) {
  const text = useText(defenceMessages);
  const [now, setNow] = useState(defence.now);
  useEffect(() => {
    const tick = (): void => {
      setNow(defence.now + performance.now() - receivedAt);
    };
    tick();
    const timer = setInterval(tick, 500);
    return () => {
      clearInterval(timer);
    };
  }, [defence.now, receivedAt]);
  if (defence.startedAt === undefined)
    return <p className="muted">{text('plannedAt', { time: timeText(defence.startsAt) })}</p>;
  const elapsed = (defence.endedAt ?? now) - defence.startedAt;
  const floor = defence.minutes * 60_000;
  const share = Math.min(100, (elapsed / floor) * 100);
  return (
    <div className="floor-clock">
      <b className="number" role="timer" aria-live="off">
        {clockText(elapsed)}
      </b>
      <div className="floor-bar" aria-hidden="true">
        <span style={{ width: `${share}%` }} className={share >= 100 ? 'reached' : ''} />
      </div>
      <span className="muted">
        {share >= 100 ? text('floorReached', { n: defence.minutes }) : text('floor', { n: defence.minutes })}
      </span>
    </div>
  );
}

function Actions({ defence, onAct }: Acting) {
  const text = useText(defenceMessages);
  if (!defence.chair) return null;
  return (
    <div className="actions">
      {defence.state === 'scheduled' && (
        <button
          type="button"
          className="button primary"
          onClick={() => {
            onAct('start');
          }}
        >
          {text('start')}
        </button>
      )}
      {defence.state === 'defending' && (
        <button
          type="button"
          className="button primary"
          onClick={() => {
            onAct('close');
          }}
        >
          {text('close')}
        </button>
      )}
      <span className="muted">{text('chair')}</span>
    </div>
  );
}

function Materials({ defence }: { defence: DefenceView }) {
  const text = useText(defenceMessages);
  return (
    <section>
      <h2>{text('materials')}</h2>
      {defence.files.length === 0 && <p className="empty">{text('noMaterials')}</p>}
      <ul className="files">
        {defence.files.map((file) => (
          <li key={file.fileId}>
            <a href={`/api/defences/${defence.id}/materials/${file.fileId}`} target="_blank" rel="noreferrer">
              {file.name}
            </a>
          </li>
        ))}
      </ul>
    </section>
  );
}

function Panel({ defence, onAct }: Acting) {
  const text = useText(defenceMessages);
  const [reason, setReason] = useState<string>();
  const member = defence.mine !== undefined;
  return (
    <section>
      <h2>{text('panel')}</h2>
      <ul className="panel-list">
        {defence.panel.map((person) => (
          <li key={person.accountId}>
            {person.name} {person.chair && <b>{text('chairMark')}</b>}{' '}
            <span className="muted">{person.sealed ? text('sealed') : text('open')}</span>
          </li>
        ))}
      </ul>
      <p className="muted small">{text('draw', { seed: defence.seed, n: defence.reserve })}</p>
      {defence.recusals.map((recusal) => (
        <p key={recusal.at} className="muted">
          {text('recused', { name: recusal.name, reason: recusal.reason })}
        </p>
      ))}
      {member && defence.state !== 'final' && reason === undefined && (
        <button
          type="button"
          className="button quiet"
          onClick={() => {
            setReason('');
          }}
        >
          {text('recuse')}
        </button>
      )}
      {reason !== undefined && (
        <div className="field">
          <label htmlFor="recusal">{text('recusalReason')}</label>
          <input
            id="recusal"
            value={reason}
            maxLength={500}
            onChange={(event) => {
              setReason(event.target.value);
            }}
          />
          <span className="actions">
            <button
              type="button"
              className="button"
              onClick={() => {
                setReason(undefined);
              }}
            >
              {text('cancel')}
            </button>
            <button
              type="button"
              className="button danger"
              disabled={reason.trim().length < 2}
              onClick={() => {
                onAct('recusal', { reason: reason.trim() });
                setReason(undefined);
              }}
            >
              {text('recuse')}
            </button>
          </span>
        </div>
      )}
    </section>
  );
}

function Questions({ defence, onAct }: Acting) {
  const text = useText(defenceMessages);
  const [question, setQuestion] = useState('');
  return (
    <section>
      <h2>{text('questions')}</h2>
      <ul className="question-log">
        {defence.questions.map((entry) => (
          <li key={entry.at}>
            <span className="muted number">{timeText(entry.at)}</span> {entry.by}: {entry.text}
          </li>
        ))}
      </ul>
      {defence.state === 'defending' && defence.mine !== undefined && (
        <form
          className="ask"
          onSubmit={(event) => {
            event.preventDefault();
            if (question.trim() === '') return;
            onAct('questions', { text: question.trim() });
            setQuestion('');
          }}
        >
          <input
            aria-label={text('question')}
            placeholder={text('question')}
            value={question}
            maxLength={1000}
            onChange={(event) => {
              setQuestion(event.target.value);
            }}
          />
          <button type="submit" className="button">
            {text('add')}
          </button>
        </form>
      )}
    </section>
  );
}

/** All ballots, and the chair's last step. */
function Ballots({ path, defence, onAct }: Acting & { path: string }) {
  const text = useText(defenceMessages);
  const [note, setNote] = useState('');
  const { state, reload } = useLoaded<DisclosedBallots>(`${path}/ballots`);
  if (state.kind !== 'loaded') return <LoadState state={state} onRetry={reload} />;
  const { ballots, beyondLimit, spread, spreadLimit } = state.value;
  return (
    <>
      <Disclosure
        judges={ballots.map((ballot) => ({ name: ballot.member, total: ballot.total, note: ballot.note }))}
        spread={spread}
        spreadLimit={spreadLimit}
        beyondLimit={beyondLimit}
      />
      {defence.state === 'final' && <p className="notice ok">✓ {text('final')}</p>}
      {defence.state === 'deliberating' && defence.chair && (
        <div className="field">
          {beyondLimit && (
            <>
              <label htmlFor="deliberation">{text('deliberation')}</label>
              <textarea
                id="deliberation"
                rows={3}
                value={note}
                maxLength={4000}
                onChange={(event) => {
                  setNote(event.target.value);
                }}
              />
            </>
          )}
          <button
            type="button"
            className="button primary"
            onClick={() => {
              onAct('result', note.trim() === '' ? {} : { note: note.trim() });
            }}
          >
            {text('finalise')}
          </button>
        </div>
      )}
    </>
  );
}

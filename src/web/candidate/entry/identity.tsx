import { useState } from 'react';
import type { AttemptView } from '../../../sitting/attempt.contract.ts';
import { api, errorText } from '../../lib/api.ts';
import { useLanguage, useOf, useText, type Messages } from '../../lib/language.tsx';
import { DeviceCheck } from './device-check.tsx';
import { usePageCheck } from './use-page-check.ts';
import type { AttemptHandle } from '../use-attempt.ts';

const messages = {
  isThisYou: { zh: '请核对您的信息', en: 'Is this you?' },
  name: { zh: '姓名', en: 'Name' },
  admission: { zh: '准考证号', en: 'Admission number' },
  room: { zh: '考场', en: 'Room' },
  seat: { zh: '座位号', en: 'Seat' },
  paper: { zh: '考试', en: 'Paper' },
  yes: { zh: '信息无误', en: 'Yes, this is me' },
  no: { zh: '不是我', en: 'Not me' },
  another: { zh: '用另一张准考证签到', en: 'Check in with another ticket' },
  noPhoto: { zh: '无照片', en: 'No photo' },
  called: {
    zh: '已通知监考员，请在座位上等候。如果只是看错，核对后仍可按“信息无误”。',
    en: 'The invigilator has been called; stay at your seat. If you misread it, you may still press "Yes, this is me".',
  },
  photoOf: { zh: '{name}的照片', en: 'Photo of {name}' },
} satisfies Messages;

interface IdentityProps {
  handle: AttemptHandle;
  attempt: AttemptView;
  onLeave(): void;
}

/** "Is this you?": photo, name, seat, paper. "Not me" calls the invigilator. */
export function Identity({ handle, attempt, onLeave }: IdentityProps) {
  const text = useText(messages);
  const { lang } = useLanguage();
  const { line, offMs } = usePageCheck(handle);
  const [error, setError] = useState<unknown>(undefined);
  const [busy, setBusy] = useState(false);
  const called = attempt.handRaised;
  const say = (confirmed: boolean): void => {
    setBusy(true);
    setError(undefined);
    api
      .post(`/api/attempts/${attempt.attemptId}/identity`, { confirmed })
      .then(handle.refresh)
      .catch(setError)
      .finally(() => {
        setBusy(false);
      });
  };
  return (
    <main className="centre">
      <section className="panel identity">
        <h1>{text('isThisYou')}</h1>
        <Person attempt={attempt} />
        {called && (
          <p className="notice attention" role="status">
            ▲ {text('called')}
          </p>
        )}
        {error !== undefined && (
          <p className="notice trouble" role="alert">
            {errorText(error, lang)}
          </p>
        )}
        <footer>
          {called && (
            <button type="button" className="button quiet" onClick={onLeave}>
              {text('another')}
            </button>
          )}
          <button
            type="button"
            className="button"
            disabled={busy || called}
            onClick={() => {
              say(false);
            }}
          >
            {text('no')}
          </button>
          <button
            type="button"
            className="button primary"
            disabled={busy}
            autoFocus
            onClick={() => {
              say(true);
            }}
          >
            {text('yes')}
          </button>
        </footer>
        <DeviceCheck line={line} offMs={offMs} />
      </section>
    </main>
  );
}

function Person({ attempt }: { attempt: AttemptView }) {
  const text = useText(messages);
  const of = useOf();
  const { candidate, room, seat } = attempt;
  return (
    <>
      {candidate.hasPhoto ? (
        <img
          src={`/api/candidates/${candidate.id}/photo`}
          alt={text('photoOf', { name: candidate.name })}
          width={120}
          height={160}
        />
      ) : (
        <div className="no-photo">{text('noPhoto')}</div>
      )}
      <dl className="facts">
        <dt>{text('name')}</dt>
        <dd className="large">{candidate.name}</dd>
        <dt>{text('admission')}</dt>
        <dd className="number">{candidate.admissionNumber}</dd>
        <dt>{text('room')}</dt>
        <dd>
          {room.name} ({room.code})
        </dd>
        <dt>{text('seat')}</dt>
        <dd className="number">{seat}</dd>
        <dt>{text('paper')}</dt>
        <dd>{of(attempt.paperTitle)}</dd>
      </dl>
    </>
  );
}

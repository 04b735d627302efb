import { useState } from 'react';
import type { AttemptView, ExamSignInAnswer } from '../../sitting/attempt.contract.ts';
import { api, errorText } from '../lib/api.ts';
import { LanguageSwitch, useLanguage, useOf, useText, type Messages } from '../lib/language.tsx';

const messages = {
  title: { zh: '考生签到', en: 'Candidate check-in' },
  help: { zh: '请对照准考证填写。', en: 'Enter these as on your admission ticket.' },
  room: { zh: '考场号', en: 'Room' },
  seat: { zh: '座位号', en: 'Seat' },
  admission: { zh: '准考证号', en: 'Admission number' },
  tail: { zh: '证件号后四位', en: 'Last four characters of your ID' },
  signIn: { zh: '签到', en: 'Check in' },
  isThisYou: { zh: '请核对您的信息', en: 'Is this you?' },
  name: { zh: '姓名', en: 'Name' },
  paper: { zh: '考试', en: 'Paper' },
  yes: { zh: '信息无误', en: 'Yes, this is me' },
  no: { zh: '不是我', en: 'Not me' },
  noPhoto: { zh: '无照片', en: 'No photo' },
  called: { zh: '已通知监考员，请在座位上等候。', en: 'The invigilator has been called. Stay at your seat.' },
  photoOf: { zh: '{name}的照片', en: 'Photo of {name}' },
} satisfies Messages;

/** Seat of this computer, from the address of the page or from an earlier sign-in here. */
function seatHere(): { room: string; seat: string } {
  const query = new URLSearchParams(location.search);
  return {
    room: query.get('room') ?? localStorage.getItem('kaochang-room') ?? '',
    seat: query.get('seat') ?? localStorage.getItem('kaochang-seat') ?? '',
  };
}

/** Sign-in at the seat. */
export function CheckIn({ onSignedIn }: { onSignedIn: (attemptId: string) => void }) {
  const text = useText(messages);
  const { lang } = useLanguage();
  const [here] = useState(seatHere);
  const [error, setError] = useState<unknown>(undefined);
  const [busy, setBusy] = useState(false);
  const submit = async (form: FormData): Promise<void> => {
    setBusy(true);
    setError(undefined);
    const value = (name: string): string =>
      String(form.get(name) ?? '')
        .normalize('NFKC')
        .trim();
    try {
      const answer = await api.post<ExamSignInAnswer>('/api/exam/sign-in', {
        roomCode: value('room'),
        seat: Number(value('seat')),
        admissionNumber: value('admission'),
        idTail: value('tail'),
      });
      localStorage.setItem('kaochang-room', answer.roomCode);
      localStorage.setItem('kaochang-seat', String(answer.seat));
      onSignedIn(answer.attemptId);
    } catch (refusal) {
      setError(refusal);
      setBusy(false);
    }
  };
  return (
    <main className="centre">
      <form
        className="panel signin"
        onSubmit={(event) => {
          event.preventDefault();
          void submit(new FormData(event.currentTarget));
        }}
      >
        <header className="signin-head">
          <h1>{text('title')}</h1>
          <LanguageSwitch />
        </header>
        <p>{text('help')}</p>
        <div className="two-fields">
          <div className="field">
            <label htmlFor="room">{text('room')}</label>
            <input
              id="room"
              name="room"
              defaultValue={here.room}
              required
              maxLength={40}
              autoComplete="off"
            />
          </div>
          <div className="field">
            <label htmlFor="seat">{text('seat')}</label>
            <input
              id="seat"
              name="seat"
              defaultValue={here.seat}
              required
              inputMode="numeric"
              pattern="[0-9０-９]{1,3}"
              autoComplete="off"
            />
          </div>
        </div>
        <div className="field">
          <label htmlFor="admission">{text('admission')}</label>
          <input id="admission" name="admission" required maxLength={40} autoComplete="off" autoFocus />
        </div>
        <div className="field">
          <label htmlFor="tail">{text('tail')}</label>
          <input id="tail" name="tail" required minLength={4} maxLength={4} autoComplete="off" />
        </div>
        {error !== undefined && (
          <p className="notice trouble" role="alert">
            {errorText(error, lang)}
          </p>
        )}
        <button type="submit" className="button primary" disabled={busy}>
          {text('signIn')}
        </button>
      </form>
    </main>
  );
}

/** "Is this you?": photo, name, seat, paper. */
export function ConfirmIdentity({ attempt, onConfirmed }: { attempt: AttemptView; onConfirmed: () => void }) {
  const text = useText(messages);
  const of = useOf();
  const { lang } = useLanguage();
  const [called, setCalled] = useState(false);
  const [error, setError] = useState<unknown>(undefined);
  const answer = async (confirmed: boolean): Promise<void> => {
    try {
      await api.post(`/api/attempts/${attempt.attemptId}/identity`, { confirmed });
      setCalled(!confirmed);
      if (confirmed) onConfirmed();
    } catch (refusal) {
      setError(refusal);
    }
  };
  const { candidate, room, seat } = attempt;
  return (
    <main className="centre">
      <section className="panel identity">
        <h1>{text('isThisYou')}</h1>
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
        <dl>
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
          <button type="button" className="button" onClick={() => void answer(false)}>
            {text('no')}
          </button>
          <button type="button" className="button primary" autoFocus onClick={() => void answer(true)}>
            {text('yes')}
          </button>
        </footer>
      </section>
    </main>
  );
}

import { useState } from 'react';
import type { ExamSignInAnswer } from '../../../sitting/attempt.contract.ts';
import { api, errorText } from '../../lib/api.ts';
import { LanguageSwitch, useLanguage, useText, type Messages } from '../../lib/language.tsx';
import { keepValue, recallValue } from '../kept.ts';
import { DeviceCheck } from './device-check.tsx';
import { useServerCheck } from './device.ts';

const messages = {
  title: { zh: '考生签到', en: 'Candidate check-in' },
  help: { zh: '请对照准考证和身份证填写。', en: 'Enter these as on your admission ticket and your ID.' },
  again: {
    zh: '此电脑上的登录已结束，请重新签到。已作答的内容都在。',
    en: 'You were signed out at this computer. Check in again; everything you answered is there.',
  },
  room: { zh: '考场号', en: 'Room' },
  seat: { zh: '座位号', en: 'Seat' },
  admission: { zh: '准考证号', en: 'Admission number' },
  tail: { zh: '证件号后四位', en: 'Last four characters of your ID' },
  signIn: { zh: '签到', en: 'Check in' },
} satisfies Messages;

interface Seat {
  room: string;
  seat: string;
}
const SEAT_KEY = 'kaochang-seat-here';

/** Seat of this computer, from the address of the page or from an earlier sign-in here. */
function seatHere(): Seat {
  const query = new URLSearchParams(location.search);
  const kept = recallValue<Seat>(SEAT_KEY, { room: '', seat: '' });
  return { room: query.get('room') ?? kept.room, seat: query.get('seat') ?? kept.seat };
}

/** What was typed into a field, in plain characters: an input method leaves full-width ones. */
const typed = (form: FormData, name: string): string => {
  const value = form.get(name);
  return typeof value === 'string' ? value.normalize('NFKC').trim() : '';
};

async function signIn(form: FormData): Promise<string> {
  const answer = await api.post<ExamSignInAnswer>('/api/exam/sign-in', {
    roomCode: typed(form, 'room'),
    seat: Number(typed(form, 'seat')),
    admissionNumber: typed(form, 'admission'),
    idTail: typed(form, 'tail'),
  });
  keepValue(SEAT_KEY, { room: answer.roomCode, seat: String(answer.seat) } satisfies Seat);
  return answer.attemptId;
}

/** Sign-in at the seat. `again`: a session on this computer has ended. */
export function CheckIn({ again, onSignedIn }: { again: boolean; onSignedIn: (attemptId: string) => void }) {
  const text = useText(messages);
  const { lang } = useLanguage();
  const [here] = useState(seatHere);
  const { line, offMs } = useServerCheck();
  const [error, setError] = useState<unknown>(undefined);
  const [busy, setBusy] = useState(false);
  const submit = (form: FormData): void => {
    setBusy(true);
    setError(undefined);
    signIn(form).then(onSignedIn, (refusal: unknown) => {
      setError(refusal);
      setBusy(false);
    });
  };
  return (
    <main className="centre">
      <div className="panel signin">
        <form
          className="signin-form"
          onSubmit={(event) => {
            event.preventDefault();
            submit(new FormData(event.currentTarget));
          }}
        >
          <header className="signin-head">
            <h1>{text('title')}</h1>
            <LanguageSwitch />
          </header>
          {again ? <p className="notice attention">{text('again')}</p> : <p>{text('help')}</p>}
          <SeatFields here={here} />
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
        <DeviceCheck line={line} offMs={offMs} />
      </div>
    </main>
  );
}

function SeatFields({ here }: { here: Seat }) {
  const text = useText(messages);
  return (
    <div className="two-fields">
      <div className="field">
        <label htmlFor="room">{text('room')}</label>
        <input id="room" name="room" defaultValue={here.room} required maxLength={40} autoComplete="off" />
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
  );
}

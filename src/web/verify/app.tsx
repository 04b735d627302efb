import { useEffect, useState, type DragEvent } from 'react';
import { VERIFY_FILE_BYTES, type VerifyAnswer } from '../../certificate/certificate.contract.ts';
import { api, errorText } from '../lib/api.ts';
import { LanguageSwitch, useLanguage, useText } from '../lib/language.tsx';
import { verifyMessages } from './messages.ts';
import { Outcome } from './outcome.tsx';
import './verify.css';

type State =
  | { kind: 'asking' }
  | { kind: 'checking' }
  | { kind: 'answered'; answer: VerifyAnswer }
  | { kind: 'failed'; error: unknown }
  | { kind: 'too-large' };

/** Check a certificate: by number and name, by the code in its QR address, or by its PDF. Open to everyone. */
export function VerifyApp() {
  const text = useText(verifyMessages);
  const { lang } = useLanguage();
  const [state, setState] = useState<State>({ kind: 'asking' });
  const check = (asking: Promise<VerifyAnswer>): void => {
    setState({ kind: 'checking' });
    asking.then(
      (answer) => {
        setState({ kind: 'answered', answer });
      },
      (error: unknown) => {
        setState({ kind: 'failed', error });
      },
    );
  };
  const checkFile = (file: File | undefined): void => {
    if (file === undefined) return;
    if (file.size > VERIFY_FILE_BYTES) setState({ kind: 'too-large' });
    else check(api.post<VerifyAnswer>('/api/verify/file', file));
  };
  useEffect(() => {
    const query = new URLSearchParams(location.search);
    const number = query.get('n');
    const code = query.get('c');
    if (number === null || code === null) return;
    api.post<VerifyAnswer>('/api/verify', { number, code }).then(
      (answer) => {
        setState({ kind: 'answered', answer });
      },
      (error: unknown) => {
        setState({ kind: 'failed', error });
      },
    );
  }, []);
  return (
    <main className="verify">
      <header className="verify-head">
        <h1>{text('title')}</h1>
        <LanguageSwitch />
      </header>
      <p className="muted">{text('purpose')}</p>
      <div className="ways">
        <ByNumber
          busy={state.kind === 'checking'}
          onCheck={(number, name) => {
            check(api.post<VerifyAnswer>('/api/verify', { number, name }));
          }}
        />
        <ByFile onFile={checkFile} />
      </div>
      <div role="status" aria-live="polite">
        {state.kind === 'checking' && <p className="notice">{text('checking')}</p>}
        {state.kind === 'too-large' && (
          <p className="notice trouble">■ {text('tooLarge', { mb: VERIFY_FILE_BYTES / 1024 / 1024 })}</p>
        )}
        {state.kind === 'failed' && <p className="notice trouble">■ {errorText(state.error, lang)}</p>}
        {state.kind === 'answered' && <Outcome answer={state.answer} />}
      </div>
    </main>
  );
}

function ByNumber({ busy, onCheck }: { busy: boolean; onCheck: (number: string, name: string) => void }) {
  const text = useText(verifyMessages);
  return (
    <form
      className="panel way"
      onSubmit={(event) => {
        event.preventDefault();
        const form = new FormData(event.currentTarget);
        const value = (name: string): string =>
          String(form.get(name) ?? '')
            .normalize('NFKC')
            .trim();
        onCheck(value('number').toUpperCase(), value('name'));
      }}
    >
      <h2>{text('byNumber')}</h2>
      <div className="field">
        <label htmlFor="number">{text('number')}</label>
        <input id="number" name="number" required minLength={4} maxLength={60} autoComplete="off" />
      </div>
      <div className="field">
        <label htmlFor="name">{text('name')}</label>
        <input id="name" name="name" required maxLength={60} autoComplete="off" />
      </div>
      <button type="submit" className="button primary" disabled={busy}>
        {text('check')}
      </button>
    </form>
  );
}

function ByFile({ onFile }: { onFile: (file: File | undefined) => void }) {
  const text = useText(verifyMessages);
  const [over, setOver] = useState(false);
  const drag = (inside: boolean) => (event: DragEvent) => {
    event.preventDefault();
    setOver(inside);
  };
  return (
    <div
      className={`panel way drop${over ? ' over' : ''}`}
      onDragOver={drag(true)}
      onDragLeave={drag(false)}
      onDrop={(event) => {
        drag(false)(event);
        onFile(event.dataTransfer.files[0]);
      }}
    >
      <h2>{text('byFile')}</h2>
      <p className="muted">{text('dropHere')}</p>
      <label className="button" htmlFor="file">
        {text('choose')}
      </label>
      <input
        id="file"
        type="file"
        className="visually-hidden"
        accept="application/pdf,.pdf"
        onChange={(event) => {
          onFile(event.target.files?.[0]);
          event.target.value = '';
        }}
      />
    </div>
  );
}

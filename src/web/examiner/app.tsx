import type { ReactNode } from 'react';
import { LanguageSwitch, useText, type Messages } from '../lib/language.tsx';
import { useHash } from '../lib/hash.ts';
import { StaffOnly, type SessionHandle } from '../lib/session.tsx';
import { DefencePage } from './defence.tsx';
import { SheetsPage } from './sheets.tsx';
import { Work } from './work.tsx';
import './score.css';

const messages = {
  title: { zh: '考评与评审', en: 'Scoring and review' },
  back: { zh: '返回', en: 'Back' },
  signOut: { zh: '退出', en: 'Sign out' },
} satisfies Messages;

/** Examiners' sheets and review panels. */
export function ScoreApp() {
  return (
    <StaffOnly roles={['examiner', 'panel-member']}>{(session) => <Frame session={session} />}</StaffOnly>
  );
}

function Frame({ session }: { session: SessionHandle }) {
  const text = useText(messages);
  const [kind, id] = useHash();
  return (
    <div className="score">
      <header className="score-head">
        {kind === undefined ? null : (
          <a className="button quiet" href="#/">
            ← {text('back')}
          </a>
        )}
        <strong>{text('title')}</strong>
        <span className="who">{session.me.name}</span>
        <LanguageSwitch />
        <button type="button" className="button quiet" onClick={() => void session.signOut()}>
          {text('signOut')}
        </button>
      </header>
      {page(kind, id, session)}
    </div>
  );
}

function page(kind: string | undefined, id: string | undefined, session: SessionHandle): ReactNode {
  if (kind === 'room' && id !== undefined) return <SheetsPage key={id} roomId={id} />;
  if (kind === 'defence' && id !== undefined) return <DefencePage key={id} defenceId={id} />;
  return <Work roles={session.me.roles} />;
}

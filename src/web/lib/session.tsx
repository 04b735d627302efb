import { useCallback, useEffect, useState, type ReactNode } from 'react';
import type { Me } from '../../people/people.contract.ts';
import { ROLE_NAMES, type Role } from '../../shared/roles.ts';
import { api, errorText } from './api.ts';
import { LanguageSwitch, useLanguage, useText, type Messages } from './language.tsx';

const messages = {
  title: { zh: '工作人员登录', en: 'Staff sign-in' },
  login: { zh: '用户名', en: 'Name' },
  password: { zh: '密码', en: 'Password' },
  signIn: { zh: '登录', en: 'Sign in' },
  signOut: { zh: '退出', en: 'Sign out' },
  loading: { zh: '正在打开……', en: 'Opening …' },
  retry: { zh: '重试', en: 'Try again' },
  wrongRole: {
    zh: '此页面供{roles}使用。您登录的是{name}（{own}）。',
    en: 'This page is for: {roles}. You are signed in as {name} ({own}).',
  },
} satisfies Messages;

type State = { kind: 'loading' } | { kind: 'failed'; error: unknown } | { kind: 'known'; me: Me };

/** Who is signed in, and ways to change it. */
export interface SessionHandle {
  me: Me;
  signOut(): Promise<void>;
}

/** Shows its content to signed-in staff of the given roles (any, when none is given); a sign-in form to everyone else. */
export function StaffOnly({
  roles,
  children,
}: {
  roles?: readonly Role[];
  children: (session: SessionHandle) => ReactNode;
}) {
  const [state, setState] = useState<State>({ kind: 'loading' });
  const text = useText(messages);
  const { lang } = useLanguage();
  const load = useCallback(() => {
    api.get<Me>('/api/me').then(
      (me) => {
        setState({ kind: 'known', me });
      },
      (error: unknown) => {
        setState({ kind: 'failed', error });
      },
    );
  }, []);
  useEffect(load, [load]);
  const signOut = useCallback(async () => {
    await api.post('/api/sign-out');
    load();
  }, [load]);

  if (state.kind === 'loading') return <main className="centre">{text('loading')}</main>;
  if (state.kind === 'failed') {
    return (
      <main className="centre">
        <div className="panel signin">
          <p role="alert">{errorText(state.error, lang)}</p>
          <button type="button" className="button" onClick={load}>
            {text('retry')}
          </button>
        </div>
      </main>
    );
  }
  const { me } = state;
  if (me.kind !== 'staff') return <SignInPage onSignedIn={load} />;
  if (roles !== undefined && !me.roles.some((role) => roles.includes(role))) {
    const names = (list: readonly Role[]): string =>
      list.map((role) => ROLE_NAMES[role][lang]).join(lang === 'zh' ? '、' : ', ');
    return (
      <main className="centre">
        <div className="panel signin">
          <p role="alert">
            {text('wrongRole', { roles: names(roles), name: me.name ?? '', own: names(me.roles) })}
          </p>
          <button type="button" className="button" onClick={() => void signOut()}>
            {text('signOut')}
          </button>
        </div>
      </main>
    );
  }
  return <>{children({ me, signOut })}</>;
}

function SignInPage({ onSignedIn }: { onSignedIn: () => void }) {
  const text = useText(messages);
  const { lang } = useLanguage();
  const [error, setError] = useState<unknown>(undefined);
  const [busy, setBusy] = useState(false);
  const submit = async (form: FormData): Promise<void> => {
    setBusy(true);
    setError(undefined);
    try {
      await api.post('/api/sign-in', { login: form.get('login'), password: form.get('password') });
      onSignedIn();
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
        <div className="field">
          <label htmlFor="login">{text('login')}</label>
          <input id="login" name="login" autoComplete="username" required maxLength={60} autoFocus />
        </div>
        <div className="field">
          <label htmlFor="password">{text('password')}</label>
          <input
            id="password"
            name="password"
            type="password"
            autoComplete="current-password"
            required
            maxLength={200}
          />
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

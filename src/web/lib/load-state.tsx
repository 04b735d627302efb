import { errorText } from './api.ts';
import { useLanguage, useText, type Messages } from './language.tsx';
import type { Loaded } from './use-loaded.ts';

const messages = {
  loading: { zh: '正在载入……', en: 'Loading …' },
  retry: { zh: '重试', en: 'Try again' },
} satisfies Messages;

/** The loading and error states of a page; nothing once it is loaded. */
export function LoadState({ state, onRetry }: { state: Loaded<unknown>; onRetry: () => Promise<void> }) {
  const text = useText(messages);
  const { lang } = useLanguage();
  if (state.kind === 'loaded') return null;
  if (state.kind === 'loading')
    return (
      <p role="status" className="load-state">
        {text('loading')}
      </p>
    );
  return (
    <div className="notice trouble load-state" role="alert">
      <p>{errorText(state.error, lang)}</p>
      <button type="button" className="button" onClick={() => void onRetry()}>
        {text('retry')}
      </button>
    </div>
  );
}

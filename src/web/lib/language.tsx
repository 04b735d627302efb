import { createContext, useContext, useEffect, useMemo, useState, type ReactNode } from 'react';
import { fill } from '../../shared/fill.ts';
import type { Lang, Text } from '../../shared/text.ts';

const KEY = 'kaochang-lang';

function firstLanguage(): Lang {
  const asked =
    new URLSearchParams(location.search).get('lang') ?? localStorage.getItem(KEY) ?? navigator.language;
  return asked.toLowerCase().startsWith('en') ? 'en' : 'zh';
}

interface Language {
  lang: Lang;
  setLang(lang: Lang): void;
}
const LanguageContext = createContext<Language>({ lang: 'zh', setLang: () => undefined });

/** Gives the pages below it one language, kept on this computer; `?lang=en` wins. */
export function LanguageProvider({ children }: { children: ReactNode }) {
  const [lang, setLang] = useState<Lang>(firstLanguage);
  useEffect(() => {
    document.documentElement.lang = lang === 'zh' ? 'zh-CN' : 'en';
    localStorage.setItem(KEY, lang);
  }, [lang]);
  const value = useMemo(() => ({ lang, setLang }), [lang]);
  return <LanguageContext.Provider value={value}>{children}</LanguageContext.Provider>;
}

export const useLanguage = (): Language => useContext(LanguageContext);

/** Texts of one page: key → Chinese and English. Declare with `satisfies Messages`. */
export type Messages = Readonly<Record<string, Text>>;

/** The page's texts in the current language; `{places}` are filled from params. */
export function useText<M extends Messages>(
  messages: M,
): (key: keyof M, params?: Readonly<Record<string, string | number>>) => string {
  const { lang } = useLanguage();
  return useMemo(() => (key, params) => fill(messages[key]?.[lang] ?? String(key), params), [messages, lang]);
}

/** A bilingual text of the data in the current language. */
export function useOf(): (text: Text) => string {
  const { lang } = useLanguage();
  return useMemo(() => (text) => text[lang], [lang]);
}

/** A small button that changes the language. */
export function LanguageSwitch() {
  const { lang, setLang } = useLanguage();
  return (
    <button
      type="button"
      className="button quiet"
      lang={lang === 'zh' ? 'en' : 'zh-CN'}
      onClick={() => {
        setLang(lang === 'zh' ? 'en' : 'zh');
      }}
    >
      {lang === 'zh' ? 'English' : '中文'}
    </button>
  );
}

import { useText, type Messages } from '../lib/language.tsx';

const messages = {
  opening: { zh: '正在打开……', en: 'Opening …' },
  offline: { zh: '暂时连不上考试服务器', en: 'The exam server cannot be reached' },
  offlineText: {
    zh: '正在自动重试，连上后就继续。请留在座位上，不用做什么。',
    en: 'It is tried again by itself and goes on from there. Stay at your seat; there is nothing to do.',
  },
} satisfies Messages;

/** Before anything is known: the page is opening, or waits for the line. */
export function CalmPage({ offline }: { offline: boolean }) {
  const text = useText(messages);
  return (
    <main className="centre">
      <div role="status" className={offline ? 'panel calm' : 'calm'}>
        {offline ? (
          <>
            <h1>
              <span aria-hidden="true">▲</span> {text('offline')}
            </h1>
            <p>{text('offlineText')}</p>
          </>
        ) : (
          <p>{text('opening')}</p>
        )}
      </div>
    </main>
  );
}

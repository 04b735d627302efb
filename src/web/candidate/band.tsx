import { errorText } from '../lib/api.ts';
import { useLanguage, useText, type Messages } from '../lib/language.tsx';
import { bandOf } from './bands.ts';
import type { AnswersHandle } from './use-answers.ts';

const messages = {
  'line-lost': {
    zh: '连接中断。您的答案已安全保存在这台电脑上，连上后自动上传。请继续作答。',
    en: 'The line is down. Your answers are safe on this computer and will be sent when it is back. Carry on.',
  },
  'not-through': {
    zh: '答案还没有送到考试服务器，已安全保存在这台电脑上，正在自动重试。请继续作答。',
    en: 'Your answers have not reached the exam server yet. They are safe on this computer and are tried again by themselves. Carry on.',
  },
  'not-kept': {
    zh: '这台电脑存不下您的答案，也还没有送到考试服务器。请举手，并不要刷新或关闭页面。',
    en: 'This computer cannot keep your answers, and they have not reached the exam server yet. Raise your hand, and do not reload or close the page.',
  },
  'other-tab': {
    zh: '您正在这台电脑的另一个窗口作答，这里只能查看。',
    en: 'You are answering in another window of this computer; this one can only be read.',
  },
  outdated: {
    zh: '考试系统已更新，请刷新页面后继续。您的答案保存在这台电脑上，刷新后自动上传。',
    en: 'The exam system was updated. Reload the page and go on: your answers are kept on this computer and are sent after that.',
  },
  here: { zh: '在此作答', en: 'Answer here' },
  reload: { zh: '刷新页面', en: 'Reload' },
} satisfies Messages;

/** A quiet band across the page, only when something is amiss: the gravest thing, in words, and what can be done. */
export function Band({ work, online }: { work: AnswersHandle; online: boolean }) {
  const text = useText(messages);
  const { lang } = useLanguage();
  const { save } = work;
  const band = bandOf(save, work.writing, online);
  const mild = band === 'line-lost' || band === 'not-through' || band === 'other-tab';
  const words =
    band === undefined
      ? ''
      : band === 'refused'
        ? errorText(save.kind === 'refused' ? save.error : undefined, lang)
        : text(band);
  return (
    <div role="status" className={band === undefined ? '' : `band ${mild ? 'attention' : 'trouble'}`}>
      {band !== undefined && (
        <p>
          <span aria-hidden="true">{mild ? '▲' : '■'}</span> {words}
        </p>
      )}
      {band === 'other-tab' && (
        <button type="button" className="button" onClick={work.takeWriting}>
          {text('here')}
        </button>
      )}
      {band === 'outdated' && (
        <button
          type="button"
          className="button primary"
          onClick={() => {
            location.reload();
          }}
        >
          {text('reload')}
        </button>
      )}
    </div>
  );
}

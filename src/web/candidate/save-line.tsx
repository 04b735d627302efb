import { useText, type Messages } from '../lib/language.tsx';
import { timeText } from '../lib/time.ts';
import type { SaveState } from './answer-sender.ts';

const messages = {
  saved: { zh: '考试服务器已保存 {time}', en: 'Saved at the exam server {time}' },
  saving: { zh: '正在保存……', en: 'Saving …' },
  waiting: { zh: '已存在本机，{k} 题等待上传', en: 'On this computer, {k} to be sent' },
  notSaved: { zh: '{k} 题未保存', en: '{k} not saved' },
  outdated: { zh: '页面需要刷新', en: 'This page must be reloaded' },
  nothingYet: { zh: '还没有答案', en: 'No answers yet' },
  online: { zh: '已连接考试服务器', en: 'Connected to the exam server' },
  offline: { zh: '连接中断，正在重试', en: 'Line down, trying again' },
} satisfies Messages;

type Words = [shape: string, tone: string, key: keyof typeof messages];

const wordsOf = (save: SaveState, online: boolean): Words => {
  switch (save.kind) {
    case 'saved':
      return ['✓', 'ok', 'saved'];
    case 'saving':
      return online ? ['…', 'muted', 'saving'] : ['▲', 'attention', 'waiting'];
    case 'waiting':
      return ['▲', 'attention', 'waiting'];
    case 'not-kept':
    case 'refused':
      return ['■', 'trouble', 'notSaved'];
    case 'outdated':
      return ['■', 'trouble', 'outdated'];
    case 'nothing-yet':
      return ['○', 'muted', 'nothingYet'];
  }
};

/**
 * How saving stands, and apart from it how the line stands, each in words and shape. Not read out at each save: the band
 * below speaks when something is amiss.
 */
export function SaveLine({ save, online }: { save: SaveState; online: boolean }) {
  const text = useText(messages);
  const [shape, tone, key] = wordsOf(save, online);
  const params = {
    ...('at' in save ? { time: timeText(save.at, true) } : {}),
    ...('waiting' in save ? { k: save.waiting } : {}),
  };
  return (
    <span className="state-lines">
      <span className={`save-line ${tone}`} role="status" aria-live="off" data-save={save.kind}>
        <span aria-hidden="true">{shape}</span> {text(key, params)}
      </span>
      <span className={`line-line ${online ? 'muted' : 'attention'}`} data-online={online}>
        <span aria-hidden="true">{online ? '●' : '▲'}</span> {text(online ? 'online' : 'offline')}
      </span>
    </span>
  );
}

import { useText, type Messages } from '../../lib/language.tsx';
import { Dialog } from './dialog.tsx';

const messages = {
  title: { zh: '按键', en: 'Keys' },
  choose: { zh: '选择选项', en: 'choose an option' },
  strike: { zh: '划去或恢复选项', en: 'strike an option out, or keep it' },
  turn: { zh: '上一题、下一题', en: 'previous and next question' },
  mark: { zh: '标记本题', en: 'mark the question' },
  note: { zh: '本题笔记', en: 'note on the question' },
  zoom: { zh: '放大、缩小、原大', en: 'larger, smaller, as it was' },
  help: { zh: '显示这张表', en: 'this table' },
  tab: { zh: '到下一个按钮或输入框', en: 'next button or field' },
  escape: { zh: '关闭对话框、笔记、工具', en: 'close a dialog, note or tool' },
  letters: { zh: '使用单键（字母和数字）', en: 'Use single keys (letters and figures)' },
  close: { zh: '关闭', en: 'Close' },
  or: { zh: '或', en: 'or' },
} satisfies Messages;

const KEYS = [
  ['A–F', '1–6', 'choose'],
  ['Shift + A–F', '', 'strike'],
  ['←', '→', 'turn'],
  ['M', '', 'mark'],
  ['N', '', 'note'],
  ['+', '− 0', 'zoom'],
  ['Tab', '', 'tab'],
  ['Esc', '', 'escape'],
  ['?', '', 'help'],
] as const;

/** All keys of the page, and a way to switch the single ones off. */
export function KeyHelp({
  enabled,
  onEnable,
  onClose,
}: {
  enabled: boolean;
  onEnable: (enabled: boolean) => void;
  onClose: () => void;
}) {
  const text = useText(messages);
  return (
    <Dialog label={text('title')} onClose={onClose}>
      <h2>{text('title')}</h2>
      <dl className="keys">
        {KEYS.map(([one, two, what]) => (
          <div key={what}>
            <dt>
              <kbd>{one}</kbd>
              {two !== '' && (
                <>
                  {' '}
                  {text('or')} <kbd>{two}</kbd>
                </>
              )}
            </dt>
            <dd>{text(what)}</dd>
          </div>
        ))}
      </dl>
      <label className="check">
        <input
          type="checkbox"
          checked={enabled}
          onChange={(event) => {
            onEnable(event.target.checked);
          }}
        />
        {text('letters')}
      </label>
      <footer>
        <button type="button" className="button primary" data-first onClick={onClose}>
          {text('close')}
        </button>
      </footer>
    </Dialog>
  );
}

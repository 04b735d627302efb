import { useState } from 'react';
import { useOf, useText, type Messages } from '../../lib/language.tsx';
import { ACTION_NAMES } from '../command-names.ts';
import { requestId } from '../request-id.ts';
import { Dialog, useAsking } from './dialog.tsx';
import { Targets, type SeatDialogProps } from './targets.tsx';

const messages = {
  text: { zh: '内容', en: 'Text' },
  send: { zh: '发送', en: 'Send' },
  templates: { zh: '常用', en: 'Ready-made' },
  quiet: { zh: '请保持安静，独立作答。', en: 'Please keep quiet and work on your own.' },
  coming: { zh: '已看到您举手，监考员马上过来。', en: 'Your hand has been seen; an invigilator is coming.' },
  stay: {
    zh: '设备问题正在处理，请留在座位上，答案已保存。',
    en: 'The computer trouble is being dealt with. Stay at your seat; your answers are saved.',
  },
  seat: { zh: '请坐回自己的座位，不要离开。', en: 'Please go back to your seat and stay there.' },
  time: {
    zh: '考试即将结束，请检查未答的题目。',
    en: 'The test ends soon. Look over what you have not answered.',
  },
  read: {
    zh: '考生需点“知道了”，页脚显示已读人数。',
    en: 'Each candidate presses “Read”; the foot of the page counts them.',
  },
  needText: { zh: '请填写内容', en: 'Write something' },
} satisfies Messages;

const TEMPLATES = ['coming', 'stay', 'quiet', 'seat', 'time'] as const;

/** A message, with ready-made texts. */
export function MessageDialog(props: SeatDialogProps) {
  const { seats, whole, orders, onClose } = props;
  const text = useText(messages);
  const of = useOf();
  const { refusal, ask } = useAsking(onClose);
  const [id] = useState(requestId);
  const [words, setWords] = useState('');
  return (
    <Dialog
      title={of(ACTION_NAMES.message)}
      action={text('send')}
      blocked={words.trim() === '' ? text('needText') : undefined}
      refusal={refusal}
      busy={orders.busy}
      onClose={onClose}
      onDo={() => {
        ask(orders.send({ command: 'message', seats, whole, id, args: { text: words } }));
      }}
    >
      <Targets {...props} />
      <div className="field">
        <label htmlFor="text">{text('text')}</label>
        <textarea
          id="text"
          rows={3}
          maxLength={1000}
          value={words}
          onChange={(event) => {
            setWords(event.target.value);
          }}
        />
      </div>
      <fieldset className="templates">
        <legend>{text('templates')}</legend>
        {TEMPLATES.map((key) => (
          <button
            key={key}
            type="button"
            className="button small"
            onClick={() => {
              setWords(text(key));
            }}
          >
            {text(key)}
          </button>
        ))}
      </fieldset>
      <p className="muted">{text('read')}</p>
    </Dialog>
  );
}

import { useRef } from 'react';
import type { AnswerFileView } from '../../proctoring/proctoring.views.contract.ts';
import { useOf, useText, type Messages } from '../lib/language.tsx';
import { timeText } from '../lib/time.ts';
import { seatNumber } from './seat-status.ts';
import { Shape } from './shape.tsx';
import type { AnswerFilesHandle, BroughtFile } from './use-answer-files.ts';

const messages = {
  title: { zh: '答案文件', en: 'Answer files' },
  hint: {
    zh: '断网电脑上保存的答案文件，可拖到本页任意位置',
    en: 'Saved at a computer without a line; can be dropped anywhere on this page',
  },
  choose: { zh: '选择文件', en: 'Choose a file' },
  underWay: { zh: '正在上传 {name}', en: 'Sending {name}' },
  compare: { zh: '与考生屏幕上的校验码核对', en: 'Compare with the code on the candidate’s screen' },
  facts: { zh: '{time} 保存，共 {n} 题', en: 'saved {time}, {n} answers' },
  late: {
    zh: '{n} 题比服务器上的新，待主考决定',
    en: '{n} newer than the server’s, for the chief to decide',
  },
  noneLate: { zh: '都已在服务器上，没有新答案', en: 'All of it is at the server already' },
  dismiss: { zh: '关闭 {name}', en: 'Dismiss {name}' },
} satisfies Messages;

/** Bringing the answers of a computer without a line: file picker, drop, and what came of each file. */
export function AnswerFiles({ handle }: { handle: AnswerFilesHandle }) {
  const text = useText(messages);
  const picker = useRef<HTMLInputElement>(null);
  return (
    <section className="answer-files">
      <h3>{text('title')}</h3>
      <div className="drop-place">
        <p className="muted">{text('hint')}</p>
        <button
          type="button"
          className="button small"
          onClick={() => {
            picker.current?.click();
          }}
        >
          {text('choose')}
        </button>
        <input
          ref={picker}
          type="file"
          accept=".json,application/json"
          multiple
          hidden
          onChange={(event) => {
            handle.bring([...(event.target.files ?? [])]);
            // The same file may be chosen again after it was saved anew.
            event.target.value = '';
          }}
        />
      </div>
      <div role="status">
        <ul>
          {handle.files.map((file) => (
            <Outcome key={file.id} file={file} onDismiss={handle.dismiss} />
          ))}
        </ul>
      </div>
    </section>
  );
}

function Outcome({ file, onDismiss }: { file: BroughtFile; onDismiss: (id: string) => void }) {
  const text = useText(messages);
  const of = useOf();
  if (file.state === 'under-way') return <li className="muted">{text('underWay', { name: file.name })}</li>;
  return (
    <li className={file.state === 'taken' ? 'taken' : 'refused'}>
      {file.state === 'taken' ? (
        <Taken view={file.view} />
      ) : (
        <p>
          <span className="status trouble">
            <Shape name="trouble" />
          </span>{' '}
          <b className="file-name">{file.name}</b> {of(file.why)}
        </p>
      )}
      <button
        type="button"
        className="icon-close"
        aria-label={text('dismiss', { name: file.name })}
        onClick={() => {
          onDismiss(file.id);
        }}
      >
        ×
      </button>
    </li>
  );
}

function Taken({ view }: { view: AnswerFileView }) {
  const text = useText(messages);
  const { seat, name, code, at, answers, late } = view;
  return (
    <div>
      <p>
        <span className="status ok">
          <Shape name="ok" />
        </span>{' '}
        <b className="number">{seatNumber(seat)}</b> <b>{name}</b>
      </p>
      <p className="code number">{code}</p>
      <p className="muted">{text('compare')}</p>
      <p className="number">{text('facts', { time: timeText(at), n: answers })}</p>
      <p className={late > 0 ? 'status attention' : 'muted'}>
        {late > 0 ? text('late', { n: late }) : text('noneLate')}
      </p>
    </div>
  );
}

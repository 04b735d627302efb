import { useRef } from 'react';
import type { AnswerFileView } from '../../proctoring/proctoring.views.contract.ts';
import { useOf, useText, type Messages } from '../lib/language.tsx';
import { timeText } from '../lib/time.ts';
import { seatNumber } from './seat-status.ts';
import { Shape } from './shape.tsx';
import type { AnswerFilesHandle, BroughtFile } from './use-answer-files.ts';

const messages = {
  choose: { zh: '答案文件…', en: 'Answer file …' },
  hint: {
    zh: '接收断网电脑上保存的答案文件；也可把文件拖到本页任意位置',
    en: 'Takes the file saved at a computer without a line; it can be dropped anywhere on this page, too',
  },
  outcomes: { zh: '已接收的答案文件', en: 'Answer files brought' },
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

/** Takes answer files of computers without a line by the file picker; a drop on the page does the same. */
export function AnswerFilePicker({ handle }: { handle: AnswerFilesHandle }) {
  const text = useText(messages);
  const picker = useRef<HTMLInputElement>(null);
  return (
    <>
      <button
        type="button"
        className="button action"
        title={text('hint')}
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
    </>
  );
}

/** What came of each file, with the code to be compared; stays until it is put away. */
export function AnswerFileOutcomes({ handle }: { handle: AnswerFilesHandle }) {
  const text = useText(messages);
  return (
    <div className="answer-files" role="status">
      {handle.files.length > 0 && (
        <ul aria-label={text('outcomes')}>
          {handle.files.map((file) => (
            <Outcome key={file.id} file={file} onDismiss={handle.dismiss} />
          ))}
        </ul>
      )}
    </div>
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

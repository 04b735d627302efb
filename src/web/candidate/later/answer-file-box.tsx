import { useState } from 'react';
import type { AttemptView } from '../../../sitting/attempt.contract.ts';
import { useText, type Messages } from '../../lib/language.tsx';
import { answerCode } from '../../../sitting/answer-text.rules.ts';
import { digestOf, sealAnswerFile } from '../answer-file.ts';
import type { AnswersHandle } from '../use-answers.ts';

const messages = {
  code: { zh: '校验码', en: 'Code' },
  codeHelp: {
    zh: '请把校验码念给监考员。监考员可以用U盘取走加密的答案文件，文件里只有您的答案。',
    en: 'Read the code to the invigilator, who may take the encrypted answer file away on a stick. It holds nothing but your answers.',
  },
  save: { zh: '保存答案文件（给监考员）', en: 'Save the answer file (for the invigilator)' },
  saved: { zh: '已保存为 {name}', en: 'Saved as {name}' },
  none: {
    zh: '页面刷新过，这里不能再生成文件。请告诉监考员：答案保存在这台电脑上。',
    en: 'The page was reloaded and cannot make the file any more. Tell the invigilator that the answers are on this computer.',
  },
} satisfies Messages;

/** Hands a file to the browser's downloads. */
function download(name: string, blob: Blob): void {
  const link = document.createElement('a');
  link.href = URL.createObjectURL(blob);
  link.download = name;
  link.click();
  setTimeout(() => {
    URL.revokeObjectURL(link.href);
  }, 10_000);
}

/** The sealed file for the invigilator; undefined without the paper's key. */
function answerFileOf(
  { attemptId, candidate }: AttemptView,
  { entries, paperKey, now }: AnswersHandle,
): { name: string; blob: Blob } | undefined {
  if (paperKey === undefined) return undefined;
  const answers = entries();
  const file = sealAnswerFile({ attemptId, key: paperKey, at: now() ?? 0, answers });
  const name = `kaochang-${candidate.admissionNumber}-${answerCode(digestOf(answers))}.json`;
  return { name, blob: new Blob([JSON.stringify(file)], { type: 'application/json' }) };
}

/** The code of all answers on this computer, large, and the sealed file of them. */
export function AnswerFileBox({ attempt, work }: { attempt: AttemptView; work: AnswersHandle }) {
  const text = useText(messages);
  const [told, setTold] = useState('');
  const save = (): void => {
    const file = answerFileOf(attempt, work);
    if (file === undefined) {
      setTold(text('none'));
      return;
    }
    download(file.name, file.blob);
    setTold(text('saved', { name: file.name }));
  };
  return (
    <div className="answer-file">
      <p className="code">
        <span className="muted">{text('code')}</span>
        <b className="number">{answerCode(digestOf(work.entries()))}</b>
      </p>
      <p>{text('codeHelp')}</p>
      <p>
        <button type="button" className="button" onClick={save}>
          {text('save')}
        </button>
      </p>
      <p role="status" className="muted">
        {told}
      </p>
    </div>
  );
}

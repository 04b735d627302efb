import { Button, Progress } from 'antd';
import { useRef, useState } from 'react';
import type { Page } from '../../../shared/paging.ts';
import type { AttemptExport } from '../../../sitting/attempt.contract.ts';
import type { SittingView } from '../../../sitting/sitting.contract.ts';
import { api } from '../../lib/api.ts';
import { useText, type Messages } from '../../lib/language.tsx';
import { Refusal } from '../lib/refusal.tsx';

const messages = {
  help: {
    zh: '下载全部答卷的答案和交卷回执，可据此重新计算每份答卷的校验码。不含标准答案和成绩。',
    en: 'The answers of all attempts with their receipts: every digest can be worked out from them again. No keys, no marks.',
  },
  notYet: { zh: '全部考场收卷后可以下载。', en: 'Available when all rooms have been collected.' },
  download: { zh: '下载答案和回执', en: 'Download answers and receipts' },
  cancel: { zh: '取消', en: 'Cancel' },
  progress: { zh: '{n}/{total} 份', en: '{n} of {total}' },
} satisfies Messages;

const COLLECTED = ['collected', 'marked', 'released', 'archived'];
const PAGE = 100;

type Running = { done: number; total: number; stop: AbortController };

/** Downloads a collected sitting's answers as one file, page by page, with progress. */
export function AnswersExport({ sitting }: { sitting: SittingView }) {
  const text = useText(messages);
  const [running, setRunning] = useState<Running>();
  const [error, setError] = useState<unknown>();
  const link = useRef<HTMLAnchorElement>(null);
  const download = async (): Promise<void> => {
    const stop = new AbortController();
    const items: AttemptExport[] = [];
    let total = sitting.seated;
    setError(undefined);
    try {
      do {
        setRunning({ done: items.length, total, stop });
        const path = `/api/sittings/${sitting.id}/answers?limit=${PAGE}&offset=${items.length}`;
        const page = await api.get<Page<AttemptExport>>(path, stop.signal);
        items.push(...page.items);
        total = page.items.length === 0 ? items.length : page.total;
      } while (items.length < total);
      if (link.current !== null) save(link.current, sitting, items);
    } catch (refusal) {
      if (!stop.signal.aborted) setError(refusal);
    }
    setRunning(undefined);
  };
  if (!COLLECTED.includes(sitting.state)) return <p>{text('notYet')}</p>;
  return (
    <>
      <p>{text('help')}</p>
      <Refusal error={error} onRetry={() => void download()} />
      {running === undefined ? (
        <Button type="primary" onClick={() => void download()}>
          {text('download')}
        </Button>
      ) : (
        <>
          <Progress
            percent={Math.round((100 * running.done) / Math.max(1, running.total))}
            format={() => text('progress', { n: running.done, total: running.total })}
          />
          <Button
            onClick={() => {
              running.stop.abort();
            }}
          >
            {text('cancel')}
          </Button>
        </>
      )}
      <a ref={link} hidden />
    </>
  );
}

function save(link: HTMLAnchorElement, sitting: SittingView, items: readonly AttemptExport[]): void {
  const content = JSON.stringify({ sittingId: sitting.id, items }, null, 1);
  link.href = URL.createObjectURL(new Blob([content], { type: 'application/json' }));
  link.download = `answers-${sitting.id}.json`;
  link.click();
  URL.revokeObjectURL(link.href);
}

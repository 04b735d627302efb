import { useCallback, useEffect, useRef, useState } from 'react';
import type { AnswerFileView } from '../../proctoring/proctoring.views.contract.ts';
import type { Text } from '../../shared/text.ts';
import { api } from '../lib/api.ts';
import { requestId } from './request-id.ts';
import { refusalText } from './use-orders.ts';

/** What came of one file that was brought. */
export type BroughtFile =
  | { id: string; name: string; state: 'under-way' }
  | { id: string; name: string; state: 'taken'; view: AnswerFileView }
  | { id: string; name: string; state: 'refused'; why: Text };

export interface AnswerFilesHandle {
  /** The newest first. */
  files: BroughtFile[];
  /** Sends files to the server, one after the other. */
  bring(files: readonly File[]): void;
  dismiss(id: string): void;
}

/**
 * Answer files for a room: chosen, or dropped anywhere on the page, so that a drop never leads away from the console. `may`:
 * the person may bring files; a drop by others is only kept from opening.
 */
export function useAnswerFiles(roomId: string, may: boolean, onBrought: () => void): AnswerFilesHandle {
  const [files, setFiles] = useState<BroughtFile[]>([]);
  const queue = useRef<Promise<void>>(Promise.resolve());
  const path = `/api/rooms/${encodeURIComponent(roomId)}/answer-files`;

  const bring = useCallback(
    (chosen: readonly File[]) => {
      const put = (file: BroughtFile): void => {
        setFiles((before) =>
          before.some(({ id }) => id === file.id)
            ? before.map((old) => (old.id === file.id ? file : old))
            : [file, ...before],
        );
      };
      for (const file of chosen) {
        const head = { id: requestId(), name: file.name };
        put({ ...head, state: 'under-way' });
        queue.current = queue.current.then(async () => {
          try {
            put({ ...head, state: 'taken', view: await api.post<AnswerFileView>(path, file) });
          } catch (error) {
            put({ ...head, state: 'refused', why: refusalText(error) });
          }
        });
      }
      if (chosen.length > 0) onBrought();
    },
    [path, onBrought],
  );

  useEffect(() => {
    const over = (event: DragEvent): void => {
      if (event.dataTransfer?.types.includes('Files') === true) event.preventDefault();
    };
    const drop = (event: DragEvent): void => {
      const dropped = [...(event.dataTransfer?.files ?? [])];
      if (dropped.length === 0) return;
      event.preventDefault();
      if (may) bring(dropped);
    };
    window.addEventListener('dragover', over);
    window.addEventListener('drop', drop);
    return () => {
      window.removeEventListener('dragover', over);
      window.removeEventListener('drop', drop);
    };
  }, [bring, may]);

  const dismiss = useCallback((id: string) => {
    setFiles((before) => before.filter((file) => file.id !== id));
  }, []);
  return { files, bring, dismiss };
}

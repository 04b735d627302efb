import { useState } from 'react';
import type { CandidateView } from '../../../people/people.contract.ts';
import { api } from '../../lib/api.ts';
import { useSend } from '../lib/load.ts';
import type { CandidateRow } from './candidate-rows.ts';

/** Candidates of one request: few enough that the progress moves, and far below the server's 500. */
const AT_ONCE = 50;

/** How far an import has come. */
export interface ImportProgress {
  done: number;
  all: number;
}

/** Sends a list of candidates in parts; a part that is refused ends it, and what came before stays imported. */
export function useCandidateImport() {
  const [progress, setProgress] = useState<ImportProgress>();
  const { busy, error, send, clear } = useSend();
  const importRows = async (rows: readonly CandidateRow[], institutionId: string): Promise<boolean> => {
    setProgress({ done: 0, all: rows.length });
    for (let at = 0; at < rows.length; at += AT_ONCE) {
      const candidates = rows
        .slice(at, at + AT_ONCE)
        .map(({ name, idNumber }) => ({ name, idNumber, institutionId }));
      const taken = await send(() => api.post<{ items: CandidateView[] }>('/api/candidates', { candidates }));
      if (taken === undefined) return false;
      setProgress({ done: at + taken.items.length, all: rows.length });
    }
    return true;
  };
  return {
    busy,
    error,
    progress,
    importRows,
    clear: (): void => {
      clear();
      setProgress(undefined);
    },
  };
}

import { gcm } from '@noble/ciphers/aes.js';
import { useEffect, useState } from 'react';
import type { CandidateForm } from '../../assembly/form.contract.ts';
import type { AttemptView, PaperKey, SealedPaper } from '../../sitting/attempt.contract.ts';
import { api } from '../lib/api.ts';

const bytesOf = (base64: string): Uint8Array =>
  Uint8Array.from(atob(base64), (character) => character.charCodeAt(0));

/** Opens a sealed paper. No crypto.subtle: a lab is on plain http. */
function open(sealed: SealedPaper, key: PaperKey): CandidateForm {
  const plain = gcm(bytesOf(key.key), bytesOf(sealed.nonce)).decrypt(bytesOf(sealed.ciphertext));
  return JSON.parse(new TextDecoder().decode(plain)) as CandidateForm;
}

const ENTITLED = ['checked-in', 'ready', 'answering', 'paused'];
const STARTED = ['answering', 'paused'];
const RETRY_MS = 2_000;

/** The paper on this computer: not there yet, sealed, or open with its key (base64). */
export interface PaperHandle {
  sealed: boolean;
  form: CandidateForm | undefined;
  key: string | undefined;
}

/**
 * The paper: fetched sealed as soon as the candidate is admitted, opened when the room runs and this session holds the
 * writing. `refresh` tells the page that the attempt has moved on.
 */
export function usePaper(attempt: AttemptView | undefined, refresh: () => Promise<void>): PaperHandle {
  const [sealed, setSealed] = useState<SealedPaper>();
  const [opened, setOpened] = useState<{ form: CandidateForm; key: string }>();
  const [tries, setTries] = useState(0);
  const attemptId = attempt?.attemptId;
  const state = attempt?.state ?? 'expected';
  const running = attempt?.room.state === 'running';
  const holds = attempt?.writer.mine ?? false;

  useEffect(() => {
    if (attemptId === undefined || sealed !== undefined || !ENTITLED.includes(state)) return;
    const again = setTimeout(
      () => {
        setTries((n) => n + 1);
      },
      RETRY_MS * (1 + Math.random()),
    );
    api
      .get<SealedPaper>(`/api/attempts/${attemptId}/paper`)
      .then((paper) => {
        setSealed(paper);
        return refresh();
      })
      .catch(() => undefined);
    return () => {
      clearTimeout(again);
    };
  }, [attemptId, sealed, state, refresh, tries]);

  useEffect(() => {
    if (attemptId === undefined || sealed === undefined || opened !== undefined || !holds) return;
    if (!STARTED.includes(state) && !(running && state === 'ready')) return;
    const again = setTimeout(
      () => {
        setTries((n) => n + 1);
      },
      RETRY_MS * (1 + Math.random()),
    );
    const path = `/api/attempts/${attemptId}`;
    (async () => {
      // Starting gives the key with it: one question for each candidate in the second of the start.
      const key =
        state === 'ready'
          ? await api.post<PaperKey>(`${path}/start`)
          : await api.get<PaperKey>(`${path}/paper-key`);
      setOpened({ form: open(sealed, key), key: key.key });
      await refresh();
    })().catch(() => undefined);
    return () => {
      clearTimeout(again);
    };
  }, [attemptId, sealed, opened, state, running, holds, refresh, tries]);

  return { sealed: sealed !== undefined, form: opened?.form, key: opened?.key };
}

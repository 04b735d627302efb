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

/**
 * The paper: fetched sealed as soon as the candidate is admitted, opened when the room runs.
 * `refresh` tells the page that the attempt has moved on.
 */
export function usePaper(
  attempt: AttemptView | undefined,
  refresh: () => Promise<void>,
): { sealed: boolean; form: CandidateForm | undefined } {
  const [sealed, setSealed] = useState<SealedPaper>();
  const [form, setForm] = useState<CandidateForm>();
  const [tries, setTries] = useState(0);
  const attemptId = attempt?.attemptId;
  const state = attempt?.state ?? 'expected';
  const running = attempt?.room.state === 'running';

  useEffect(() => {
    if (attemptId === undefined || sealed !== undefined || !ENTITLED.includes(state)) return;
    const again = setTimeout(() => {
      setTries((n) => n + 1);
    }, RETRY_MS);
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
    if (attemptId === undefined || sealed === undefined || form !== undefined) return;
    if (!STARTED.includes(state) && !(running && state === 'ready')) return;
    const again = setTimeout(() => {
      setTries((n) => n + 1);
    }, RETRY_MS);
    (async () => {
      if (state === 'ready') await api.post(`/api/attempts/${attemptId}/start`);
      const key = await api.get<PaperKey>(`/api/attempts/${attemptId}/paper-key`);
      setForm(open(sealed, key));
      await refresh();
    })().catch(() => undefined);
    return () => {
      clearTimeout(again);
    };
  }, [attemptId, sealed, form, state, running, refresh, tries]);

  return { sealed: sealed !== undefined, form };
}

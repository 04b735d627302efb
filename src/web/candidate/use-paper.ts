import { gcm } from '@noble/ciphers/aes.js';
import { useEffect, useState } from 'react';
import type { CandidateForm } from '../../assembly/form.contract.ts';
import type { AttemptView, PaperKey, SealedPaper } from '../../sitting/attempt.contract.ts';
import { api } from '../lib/api.ts';
import type { KeptPaper } from './page-cache.ts';

const bytesOf = (base64: string): Uint8Array =>
  Uint8Array.from(atob(base64), (character) => character.charCodeAt(0));

/** A paper that lies open. */
interface OpenPaper extends KeptPaper {
  form: CandidateForm;
}

/** Opens a sealed paper. No crypto.subtle: a lab is on plain http. */
function open({ sealed, key }: KeptPaper): OpenPaper {
  const plain = gcm(bytesOf(key), bytesOf(sealed.nonce)).decrypt(bytesOf(sealed.ciphertext));
  return { sealed, key, form: JSON.parse(new TextDecoder().decode(plain)) as CandidateForm };
}

/** The paper as this computer kept it; a damaged one is fetched anew. */
function openKept(kept: KeptPaper | undefined): OpenPaper | undefined {
  try {
    return kept === undefined ? undefined : open(kept);
  } catch {
    return undefined;
  }
}

const ENTITLED = ['checked-in', 'ready', 'answering', 'paused'];
const STARTED = ['answering', 'paused'];
const RETRY_MS = 2_000;

/** The paper on this computer: not there yet, sealed, or open with its key (base64). */
export interface PaperHandle {
  sealed: boolean;
  form: CandidateForm | undefined;
  key: string | undefined;
  /** What this computer is to keep of it; undefined until it is open. */
  keep: KeptPaper | undefined;
}

/**
 * The paper: fetched sealed as soon as the candidate is admitted, opened when the room runs and this session holds the
 * writing. `refresh` tells the page that the attempt has moved on. `kept`: the paper as this computer opened it before.
 */
export function usePaper(
  attempt: AttemptView | undefined,
  refresh: () => Promise<void>,
  kept: KeptPaper | undefined,
): PaperHandle {
  const [opened, setOpened] = useState(() => openKept(kept));
  const [sealed, setSealed] = useState(opened?.sealed);
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
      const { key } =
        state === 'ready'
          ? await api.post<PaperKey>(`${path}/start`)
          : await api.get<PaperKey>(`${path}/paper-key`);
      setOpened(open({ sealed, key }));
      await refresh();
    })().catch(() => undefined);
    return () => {
      clearTimeout(again);
    };
  }, [attemptId, sealed, opened, state, running, holds, refresh, tries]);

  return { sealed: sealed !== undefined, form: opened?.form, key: opened?.key, keep: opened };
}

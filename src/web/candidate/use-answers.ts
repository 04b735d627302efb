import { useCallback, useEffect, useMemo, useRef, useState } from 'react';
import type { StoredAnswer } from '../../sitting/attempt.contract.ts';
import { api } from '../lib/api.ts';
import { AnswerSender, type SaveState } from './answer-sender.ts';
import { Outbox } from './outbox.ts';

/** The page's answers and small memory, with how saving stands. */
export interface AnswersHandle {
  /** Values by item id. */
  answers: ReadonlyMap<string, unknown>;
  save: SaveState;
  ready: boolean;
  change(itemId: string, value: unknown, typing?: boolean): void;
  nudge(): void;
  marked: readonly string[];
  struck: Readonly<Record<string, string[]>>;
  seen: readonly string[];
  scratch: string;
  current: string;
  remember(change: Partial<Memory>): void;
}

interface Memory {
  marked: string[];
  struck: Record<string, string[]>;
  seen: string[];
  scratch: string;
  current: string;
}
const BLANK: Memory = { marked: [], struck: {}, seen: [], scratch: '', current: '' };
const RETRY_MS = 2_000;

/** Written at once and whole: a reload in the next moment finds it. Answers go to the outbox; these are the page's own small things. */
const memoryKey = (attemptId: string): string => `kaochang-memory-${attemptId}`;

function recall(attemptId: string): Memory {
  const kept = localStorage.getItem(memoryKey(attemptId));
  return kept === null ? BLANK : { ...BLANK, ...(JSON.parse(kept) as Partial<Memory>) };
}

/** Brings together what the server has and what this computer has, the newer of each, and saves every change. */
export function useAnswers(attemptId: string, wanted: boolean): AnswersHandle {
  const [answers, setAnswers] = useState<ReadonlyMap<string, unknown>>(new Map());
  const [save, setSave] = useState<SaveState>({ kind: 'nothing-yet' });
  const [ready, setReady] = useState(false);
  const [memory, setMemory] = useState<Memory>(() => recall(attemptId));
  const sender = useRef<AnswerSender>(undefined);
  const outbox = useRef<Outbox>(undefined);

  useEffect(() => {
    if (!wanted) return;
    const life = { over: false };
    const begin = async (): Promise<void> => {
      const box = await Outbox.open(attemptId);
      const [{ items: known }, local] = await Promise.all([
        api.get<{ items: StoredAnswer[] }>(`/api/attempts/${attemptId}/answers`),
        box.all(),
      ]);
      if (life.over) return;
      const merged = new Map<string, unknown>(known.map((answer) => [answer.itemId, answer.value]));
      const seqs = new Map(known.map((answer) => [answer.itemId, answer.seq]));
      for (const entry of local)
        if (entry.seq > (seqs.get(entry.itemId) ?? 0)) merged.set(entry.itemId, entry.value);
      outbox.current = box;
      sender.current = new AnswerSender(attemptId, box, setSave);
      sender.current.begin(known, local);
      setAnswers(merged);
      setReady(true);
    };
    const attemptBegin = (): void => {
      begin().catch(() => {
        if (!life.over) setTimeout(attemptBegin, RETRY_MS);
      });
    };
    attemptBegin();
    const nudge = (): void => sender.current?.nudge();
    window.addEventListener('online', nudge);
    return () => {
      life.over = true;
      sender.current?.stop();
      outbox.current?.close();
      window.removeEventListener('online', nudge);
    };
  }, [attemptId, wanted]);

  const change = useCallback((itemId: string, value: unknown, typing = false) => {
    setAnswers((before) => new Map(before).set(itemId, value));
    void sender.current?.change(itemId, value, typing);
  }, []);

  const remember = useCallback(
    (part: Partial<Memory>) => {
      setMemory((before) => {
        const next = { ...before, ...part };
        localStorage.setItem(memoryKey(attemptId), JSON.stringify(next));
        return next;
      });
    },
    [attemptId],
  );

  const nudge = useCallback(() => sender.current?.nudge(), []);
  return useMemo(
    () => ({ answers, save, ready, change, nudge, remember, ...memory }),
    [answers, save, ready, change, nudge, remember, memory],
  );
}

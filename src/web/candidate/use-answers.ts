import { useCallback, useEffect, useMemo, useRef, useState } from 'react';
import type { AnswerInput, AttemptView } from '../../sitting/attempt.contract.ts';
import { AnswerMachine, startState, type Disk, type MachineState } from './answer-machine.ts';
import { Outbox } from './outbox.ts';
import type { Memory } from './page-memory.ts';

/** The page's answers and small memory, with how saving stands and what can be done. */
export interface AnswersHandle extends Omit<MachineState, 'memory'>, Memory {
  change(itemId: string, value: unknown, typing?: boolean): void;
  nudge(): void;
  /** Answers here again, after another tab has taken over. */
  takeWriting(): void;
  remember(change: Partial<Memory>): void;
  /** Items whose newest answer the server has not acknowledged. */
  unsent(): readonly string[];
  /** The newest answer of each item on this computer. */
  entries(): AnswerInput[];
  /** What an answer file is sealed with: the key of the opened paper (base64), and the server's time, ms. */
  paperKey: string | undefined;
  now(): number | undefined;
}

interface Needs {
  /** Whether there is something to answer or to send. */
  wanted: boolean;
  attempt: AttemptView | undefined;
  /** The key of the opened paper, base64. */
  paperKey: string | undefined;
  /** The server's time as the page reckons it, ms. */
  now(): number | undefined;
}

/** A browser that has no disk for us (private window, forbidden storage): nothing is kept, and the page says so. */
const NO_DISK: Disk & { close(): void } = {
  all: () => Promise.resolve([]),
  put: () => Promise.reject(new Error('no storage')),
  acknowledge: () => Promise.resolve(),
  close: () => undefined,
};

/** A page's answers for the life of the component. */
export function useAnswers(attemptId: string, { wanted, attempt, paperKey, now }: Needs): AnswersHandle {
  const [state, setState] = useState(() => startState(attemptId));
  const machine = useRef<AnswerMachine>(undefined);

  useEffect(() => {
    if (!wanted) return;
    const life = { over: false, end: (): void => undefined };
    void Outbox.open(attemptId)
      .catch(() => NO_DISK)
      .then((disk) => {
        if (life.over) {
          disk.close();
          return;
        }
        const started = new AnswerMachine(attemptId, { disk, now, tell: setState });
        machine.current = started;
        life.end = () => {
          started.stop();
          disk.close();
          machine.current = undefined;
        };
        void started.start();
      });
    const nudge = (): void => machine.current?.nudge();
    window.addEventListener('online', nudge);
    return () => {
      life.over = true;
      window.removeEventListener('online', nudge);
      life.end();
    };
  }, [attemptId, wanted, now]);

  const mine = attempt?.writer.mine;
  const fence = attempt?.writer.fence;
  useEffect(() => {
    if (mine !== undefined && fence !== undefined) machine.current?.observe({ mine, fence });
  }, [mine, fence]);

  const entries = useCallback(() => machine.current?.entries() ?? [], []);
  const unsent = useCallback(() => machine.current?.unsent() ?? [], []);
  const acts = useMemo(
    () => ({
      change: (itemId: string, value: unknown, typing?: boolean) => {
        machine.current?.change(itemId, value, typing);
      },
      remember: (change: Partial<Memory>) => {
        machine.current?.remember(change);
      },
      nudge: () => {
        machine.current?.nudge();
      },
      takeWriting: () => {
        machine.current?.takeWriting();
      },
    }),
    [],
  );
  return useMemo(() => {
    const { memory, ...rest } = state;
    return { ...rest, ...memory, ...acts, unsent, entries, paperKey, now };
  }, [state, acts, unsent, entries, paperKey, now]);
}

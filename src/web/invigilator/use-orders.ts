import { useCallback, useRef, useState } from 'react';
import type { CommandArgs } from '../../proctoring/arguments.rules.ts';
import type { SeatCommand } from '../../proctoring/commands.rules.ts';
import type { CommandView, ConsoleSeat } from '../../proctoring/proctoring.views.contract.ts';
import type { Text } from '../../shared/text.ts';
import { api, ApiError } from '../lib/api.ts';
import { ACTION_NAMES } from './command-names.ts';
import { requestId } from './request-id.ts';
import { seatNumber } from './seat-status.ts';

/** What came of something the person did, shown at the foot until it is read or old. */
export interface Report {
  id: number;
  tone: 'ok' | 'attention' | 'trouble';
  text: Text;
  /** A pause can be taken back for ten seconds. */
  undo?: { until: number; seats: ConsoleSeat[] };
}

/** A command to be sent. Keep `id` over repetitions. */
export interface Order {
  command: SeatCommand;
  seats: ConsoleSeat[];
  /** The whole room is meant: the server takes everybody for whom it is possible. */
  whole: boolean;
  args?: CommandArgs;
  id?: string;
}

export interface OrdersHandle {
  reports: Report[];
  busy: boolean;
  /** Sends a command and reports what came of it. Resolves to the refusal, when it was refused as a whole; throws nothing. */
  send(order: Order): Promise<Text | undefined>;
  /** Posts to a path of the room, such as `hold`, and reports `done`. Resolves to the refusal; throws nothing. */
  post(path: string, body: unknown, done: Text): Promise<Text | undefined>;
  /** Does something of its own and reports what came of it. Resolves to the refusal; throws nothing. */
  run(work: () => Promise<Pick<Report, 'tone' | 'text'>>): Promise<Text | undefined>;
  /** Reports a refusal at the foot, where no dialog shows it. */
  complain(refusal: Text | undefined): void;
  dismiss(id: number): void;
}

/** How long a pause can be taken back, ms. */
const UNDO_MS = 10_000;

const offline: Text = {
  zh: '考试服务器没有回答，不能确定是否已执行。请看座位状态，再决定是否重试。',
  en: 'The exam server did not answer, and it is not known whether it was done. Look at the seats before you try again.',
};

/** Why something was refused, as text in both languages. */
export function refusalText(error: unknown): Text {
  if (error instanceof ApiError && error.problem !== undefined) {
    return { zh: error.problem.zh, en: error.problem.en };
  }
  return offline;
}

/** What came of a command, in words. */
export function outcome({ command, state, results }: CommandView): Pick<Report, 'tone' | 'text'> {
  const name = ACTION_NAMES[command];
  if (state === 'awaiting') {
    return {
      tone: 'attention',
      text: {
        zh: `${name.zh}：等待第二人确认，尚未执行`,
        en: `${name.en}: waits for a second person; nothing has been done yet`,
      },
    };
  }
  const failed = results.flatMap((result) => (result.ok ? [] : [result]));
  const done = results.length - failed.length;
  const [first] = failed;
  if (first === undefined) {
    const seats = results.map(({ seat }) => seatNumber(seat ?? 0));
    const places = seats.length <= 4 ? seats.join(' ') : undefined;
    return {
      tone: 'ok',
      text: {
        zh: `${name.zh}：已执行${places === undefined ? ` ${done} 人` : `（${places} 号）`}`,
        en: `${name.en}: done for ${places === undefined ? `${done} candidates` : `seat ${places}`}`,
      },
    };
  }
  const where = first.seat === undefined ? '' : seatNumber(first.seat);
  return {
    tone: done === 0 ? 'trouble' : 'attention',
    text: {
      zh: `${name.zh}：已执行 ${done}/${results.length}。${where} 号：${first.problem.zh}`,
      en: `${name.en}: done for ${done} of ${results.length}. Seat ${where}: ${first.problem.en}`,
    },
  };
}

/** Sends commands and keeps what came of them. */
export function useOrders(roomId: string, refresh: () => Promise<void>): OrdersHandle {
  const [reports, setReports] = useState<Report[]>([]);
  const [busy, setBusy] = useState(false);
  const counter = useRef(0);
  const base = `/api/rooms/${encodeURIComponent(roomId)}`;

  const report = useCallback((entry: Omit<Report, 'id'>) => {
    counter.current += 1;
    setReports((before) => [...before.slice(-1), { id: counter.current, ...entry }]);
  }, []);
  const dismiss = useCallback((id: number) => {
    setReports((before) => before.filter((entry) => entry.id !== id));
  }, []);

  const attempt = useCallback(
    async (work: () => Promise<Omit<Report, 'id'>>): Promise<Text | undefined> => {
      setBusy(true);
      try {
        report(await work());
        void refresh();
        return undefined;
      } catch (refusal) {
        return refusalText(refusal);
      } finally {
        setBusy(false);
      }
    },
    [report, refresh],
  );

  const send = useCallback(
    (order: Order) =>
      attempt(async () => {
        const answer = await api.post<CommandView>(`${base}/commands`, {
          command: order.command,
          attemptIds: order.whole ? 'all' : order.seats.map(({ attemptId }) => attemptId),
          requestId: order.id ?? requestId(),
          ...(order.args === undefined ? {} : { args: order.args }),
        });
        const done = answer.results.flatMap((result) => (result.ok ? [result.attemptId] : []));
        const undoable = order.command === 'pause' && done.length > 0;
        const seats = order.seats.filter(({ attemptId }) => done.includes(attemptId));
        return {
          ...outcome(answer),
          ...(undoable ? { undo: { until: performance.now() + UNDO_MS, seats } } : {}),
        };
      }),
    [attempt, base],
  );

  const post = useCallback(
    (path: string, body: unknown, done: Text) =>
      attempt(async () => {
        await api.post(`${base}/${path}`, body);
        return { tone: 'ok', text: done };
      }),
    [attempt, base],
  );

  const complain = useCallback(
    (refusal: Text | undefined) => {
      if (refusal !== undefined) report({ tone: 'trouble', text: refusal });
    },
    [report],
  );
  return { reports, busy, send, post, run: attempt, complain, dismiss };
}

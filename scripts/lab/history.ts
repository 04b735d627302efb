/**
 * What a client saw of one answer, as a history checker needs it. `invoke` before each sending; then `ok` (acknowledged),
 * `fail` (refused: it was not taken as an answer) or `info` (the line broke: it may have been taken or not).
 */
export type HistoryEntry = {
  attemptId: string;
  itemId: string;
  seq: number;
  /** When, ms since this process started. */
  at: number;
} & (
  | { type: 'invoke'; value: unknown }
  | { type: 'ok'; counts: boolean; stored: number; digest: string }
  | { type: 'fail'; status: number; code: string }
  | { type: 'info'; reason: string }
);

/** Takes history entries in the order in which they happen. */
export type HistoryLog = (entry: HistoryEntry) => void;

import type { LedgerKind, LedgerScope } from '../sitting/deadline.rules.ts';
import type { LateView, SeatView } from '../sitting/attempt.contract.ts';
import type { RoomState } from '../sitting/room.rules.ts';
import type { RoomView } from '../sitting/sitting.contract.ts';
import type { SittingState } from '../sitting/sitting.rules.ts';
import type { Duty, RoomPart, StaffingVerdict } from '../sitting/staffing.rules.ts';
import type { Problem } from '../shared/errors/index.ts';
import type { Level } from '../shared/levels.ts';
import type { Text } from '../shared/text.ts';
import type { AddedKind, CommandArgs } from './arguments.rules.ts';
import type { SeatCommand } from './commands.rules.ts';
import type { IncidentCategory } from './proctoring.contract.ts';
import type { OpeningRefusal } from './opening.rules.ts';
import type { Trouble } from './trouble.rules.ts';

// All times are server time, ms, unless said otherwise.

/** A staff member who is present. */
export interface PresentStaff {
  accountId: string;
  name: string;
  duty: Duty;
  since: number;
}

/** Staffing of a room now. Event `room.staffing` on `staff:<roomId>` and `duty` carries one at every change, and each second of a breach. */
export interface StaffingView {
  roomId: string;
  roomCode: string;
  roomName: string;
  state: RoomState;
  part: RoomPart;
  verdict: StaffingVerdict;
  present: PresentStaff[];
  /** Since when staffing has not held. */
  breachSince?: number;
  /** When the room will be held if staffing is not restored. */
  holdsAt?: number;
  now: number;
}

/** Answer to a renewal. */
export interface PresenceView {
  roomId: string;
  present: true;
  duty: Duty;
  /** Renew again after this long, ms. */
  renewMs: number;
  /** The lease runs out after this long, ms. */
  leaseMs: number;
  now: number;
}

/** A seat with what is wrong at it, the gravest first. */
export interface ConsoleSeat extends SeatView {
  troubles: Trouble[];
}

/** A message as the console shows it: read by n of m. Event `message.changed` on `staff:<roomId>` carries a new one. */
export interface MessageView {
  id: string;
  text: string;
  toAll: boolean;
  attemptIds: string[];
  byName: string;
  at: number;
  acknowledged: number;
  of: number;
  /** Attempts that have not read it yet. */
  waitingFor: string[];
}

/** Event `message.acknowledged` on `staff:<roomId>`: one more candidate has pressed "read". */
export interface MessageAcknowledged {
  messageId: string;
  attemptId: string;
}

/** Event `ledger.acknowledged` on `staff:<roomId>` (published by sitting): one more candidate's page shows the new time. */
export interface LedgerAcknowledged {
  entryId: string;
  attemptId: string;
}

/** A change of time as the console shows it: taken in and shown by the pages of `acknowledged` of `of` candidates. */
export interface LedgerView {
  id: string;
  scope: LedgerScope;
  /** Attempt, room or sitting. */
  scopeId: string;
  minutes: number;
  kind: LedgerKind;
  reason: string;
  /** The giver's name; "system" for what the server credited by itself. */
  byName: string;
  at: number;
  acknowledged: number;
  of: number;
  /** Attempts of this room whose page does not show it yet. */
  waitingFor: string[];
}

export interface IncidentView {
  id: string;
  category: IncidentCategory;
  kind: string;
  attemptIds: string[];
  people: string[];
  text: string;
  decision?: string;
  decidedBy?: string;
  decidedAt?: number;
  byName: string;
  /** When it happened, and when it was written down. */
  occurredAt: number;
  at: number;
}

/** What a command did to one seat. */
export type CommandResult =
  | { attemptId: string; seat: number; ok: true }
  | { attemptId: string; seat?: number; ok: false; problem: Problem };

/** A command given in a room. `awaiting`: it waits for a second person until `expiresAt`, and nothing has been done. */
export interface CommandView {
  id: string;
  command: SeatCommand;
  toAll: boolean;
  attemptIds: string[];
  args: CommandArgs & { kind?: AddedKind | undefined };
  state: 'running' | 'awaiting' | 'done' | 'withdrawn';
  needs?: 'anybody-else' | 'chief';
  expiresAt?: number;
  by: string;
  byName: string;
  at: number;
  confirmedBy?: string;
  results: CommandResult[];
}

/** What the person who looks may do. */
export interface ConsoleMe {
  /** Duty in this room; missing for those who only oversee. */
  duty?: Duty;
  /** May act as chief here. */
  chief: boolean;
  /** May give commands. */
  commands: boolean;
  /** Counts as present here now. */
  present: boolean;
}

/** GET /api/rooms/:roomId/console: the whole state of a room for the people in charge of it. */
export interface ConsoleView {
  now: number;
  me: ConsoleMe;
  room: RoomView & { version: number };
  sitting: {
    id: string;
    examId: string;
    part: RoomPart;
    level: Level;
    title: Text;
    startsAt: number;
    minutes: number;
    state: SittingState;
    graceSeconds: number;
    holdClocks: 'pause' | 'run';
  };
  staffing: StaffingView;
  /** Why the room may not open now; empty when it may. */
  opening: OpeningRefusal[];
  /** By seat; sort by `byTrouble` (trouble.rules.ts). */
  seats: ConsoleSeat[];
  counts: RoomCounts;
  /** Attempts whose hand is up, the longest first. */
  hands: string[];
  /** Without a decision yet. */
  openIncidents: IncidentView[];
  /** The newest 50. */
  messages: MessageView[];
  /** Requests that wait for a second person. */
  requests: CommandView[];
  ledger: LedgerView[];
}

/** Heads of a room. */
export interface RoomCounts {
  expected: number;
  arrived: number;
  admitted: number;
  answering: number;
  paused: number;
  ended: number;
  offline: number;
  hands: number;
  /** With late answers that wait for the chief invigilator's decision. */
  late: number;
  openIncidents: number;
}

/** A room in the lists: GET /api/rooms (mine), GET /api/duty (all). */
export interface RoomRow {
  roomId: string;
  code: string;
  name: string;
  sittingId: string;
  part: RoomPart;
  level: Level;
  title: Text;
  startsAt: number;
  minutes: number;
  state: RoomState;
  startedAt?: number;
  /** My duty there, in my own list. */
  duty?: Duty;
  verdict: StaffingVerdict;
  breachSince?: number;
  counts: RoomCounts;
}

/** One change of a room's staffing: who, what, and what it came to. `seq` orders changes of presence. */
export interface StaffingLogView {
  seq: number;
  change: StaffingChange;
  accountId?: string;
  name?: string;
  duty?: Duty;
  at: number;
  present: number;
  needed: number;
  candidates: number;
  ok: boolean;
}
export const STAFFING_CHANGES = [
  'entered',
  'left',
  'lapsed',
  'moved',
  'collected',
  'opened',
  'breach',
  'restored',
  'held',
  'resumed',
] as const;
export type StaffingChange = (typeof STAFFING_CHANGES)[number];

/** GET /api/rooms/:roomId/record: the room record (考场记录). */
export interface RoomRecord {
  now: number;
  /** The room has been collected and nothing more can change but signatures and decisions. */
  final: boolean;
  room: RoomView;
  sitting: ConsoleView['sitting'];
  times: { startsAt: number; openedAt?: number; startedAt?: number; collectedAt?: number };
  holds: { from: number; to: number }[];
  staffing: StaffingLogView[];
  attendance: {
    seat: number;
    attemptId: string;
    name: string;
    admissionNumber: string;
    state: SeatView['state'];
    absent: boolean;
    arrivedAt?: number;
    startedAt?: number;
    endedAt?: number;
    answered: number;
    total: number;
    digest?: string;
  }[];
  incidents: IncidentView[];
  ledger: LedgerView[];
  messages: MessageView[];
  commands: CommandView[];
  lateDecisions: LateDecisionView[];
  signatures: { accountId: string; name: string; at: number; remarks?: string }[];
}

/** A message as its candidate sees it. Event `message.sent` on `attempt:<id>` carries one. */
export interface CandidateMessage {
  id: string;
  text: string;
  at: number;
  acknowledged: boolean;
}

/** One answer that came too late to count by itself. Its content is not shown: the decision is about when it was given. */
export interface LateAnswerRow {
  itemId: string;
  /** The question's number on this candidate's paper. */
  number?: number;
  seq: number;
  /** Seq of the answer that counts now, if there is one, and when it was saved, server ms. */
  storedSeq?: number;
  storedAt?: number;
  /** Why it does not count: late, after the end, from another page, or brought as a file. */
  reason: 'late' | 'ended' | 'not-writer' | 'file';
  /** When the page says it was given, server ms: a claim. */
  claimedAt?: number;
  /** When it reached the server, ms. */
  arrivedAt: number;
}

/** An attempt's late answers, for the decision; one row an item (the newest), by its number on the paper. */
export interface LateAnswersView {
  attemptId: string;
  seat: number;
  name: string;
  deadline?: number;
  endedAt?: number;
  rows: LateAnswerRow[];
  late?: LateView;
}

/** What a decision on late answers came to at one seat; the digests are of all answers, before and after, hex. */
export type LateDecisionResult =
  | { attemptId: string; seat: number; ok: true; items: number; digestBefore: string; digestAfter: string }
  | { attemptId: string; seat: number; ok: false; problem: Problem };

/** A chief's decision on late answers. */
export interface LateDecisionView {
  id: string;
  accepted: boolean;
  reason: string;
  byName: string;
  at: number;
  results: LateDecisionResult[];
}

/** What an uploaded answer file brought. */
export interface AnswerFileView {
  attemptId: string;
  seat: number;
  name: string;
  /** First eight characters of the digest of the file's answers, as the candidate's page shows them: AB12-CD34. */
  code: string;
  /** When the page says the file was made, server ms. */
  at: number;
  answers: number;
  /** How many of them are newer than what is stored and wait for the decision. */
  late: number;
}

import { defineModel, Mixed } from '../platform/model.ts';
import type { CommandArgs } from './arguments.rules.ts';
import type { SeatCommand } from './commands.rules.ts';
import type { CommandResult, CommandView } from './proctoring.views.contract.ts';

/**
 * One thing that staff did in a room: a command to seats, or the signing of its record (`sign`).
 * `_id` is made of account and request id where the console gave one, so that a repetition meets it.
 */
export interface Command {
  _id: string;
  roomId: string;
  sittingId: string;
  command: SeatCommand | 'sign';
  toAll: boolean;
  attemptIds: string[];
  args: CommandArgs & { remarks?: string };
  state: CommandView['state'];
  needs?: 'anybody-else' | 'chief';
  /** Account. */
  by: string;
  byName: string;
  /** Server time, ms. */
  at: number;
  confirmedBy?: string;
  results: CommandResult[];
}

export const CommandModel = defineModel<Command>(
  'Command',
  'commands',
  {
    roomId: { type: String, required: true },
    sittingId: { type: String, required: true },
    command: { type: String, required: true },
    toAll: { type: Boolean, required: true },
    attemptIds: { type: [String], required: true },
    args: { type: Mixed, required: true },
    state: { type: String, required: true },
    needs: String,
    by: { type: String, required: true },
    byName: { type: String, required: true },
    at: { type: Number, required: true },
    confirmedBy: String,
    results: { type: [Mixed], required: true },
  },
  { indexes: [[{ roomId: 1, at: 1 }], [{ roomId: 1, state: 1 }]] },
);

/** A command to seats. */
export type SeatOrder = Command & { command: SeatCommand };

export const isSeatOrder = <C extends Command>(command: C): command is C & SeatOrder =>
  command.command !== 'sign';

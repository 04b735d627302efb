import { Value } from '@sinclair/typebox/value';
import type { CandidateItem } from '../assembly/form.contract.ts';
import { ScenarioOperations } from '../bank/scenario.contract.ts';
import { canonicalJson } from '../shared/canonical-json.ts';
import { parseDecimal } from '../shared/fraction.ts';
import { judgeAttempt, type AttemptRefusal, type AttemptState } from './attempt.rules.ts';
import { acceptsAnswer, clockTime, type ClockFacts, type GraceFacts } from './deadline.rules.ts';
import type { RoomState } from './room.rules.ts';

/** Largest stored value, characters of canonical JSON. */
export const VALUE_LIMIT = 64 * 1024;

/** What the check of a value needs to know of its item. */
export interface AnswerShape {
  type: CandidateItem['type'];
  options: readonly string[];
  prompts: readonly string[];
}

/** The shapes of all items that can be answered, by item id. */
export function answerShapes(
  parts: readonly { items: readonly CandidateItem[] }[],
): Map<string, AnswerShape> {
  const ids = (list: readonly { id: string }[]): string[] => list.map(({ id }) => id);
  return new Map(
    parts.flatMap(({ items }) =>
      items.map((item) => [
        item.itemId,
        {
          type: item.type,
          options: 'options' in item ? ids(item.options) : [],
          prompts: 'prompts' in item ? ids(item.prompts) : [],
        },
      ]),
    ),
  );
}

const isText = (value: unknown): value is string => typeof value === 'string';
const areDistinct = (values: readonly unknown[]): boolean => new Set(values).size === values.length;
/** Half of a surrogate pair has no UTF-8 and would come back as another character. */
const LONE_SURROGATE = /\p{Surrogate}/u;

function areOptions(value: unknown, shape: AnswerShape): boolean {
  return (
    Array.isArray(value) && areDistinct(value) && value.every((id) => shape.options.includes(id as string))
  );
}

function isMatching(value: unknown, shape: AnswerShape): boolean {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return false;
  const chosen: unknown[] = Object.values(value);
  return Object.keys(value).every((prompt) => shape.prompts.includes(prompt)) && areOptions(chosen, shape);
}

function fits(value: unknown, shape: AnswerShape): boolean {
  switch (shape.type) {
    case 'single':
      return isText(value) && shape.options.includes(value);
    case 'multiple':
    case 'ordering':
      return areOptions(value, shape);
    case 'true-false':
      return typeof value === 'boolean';
    case 'numeric':
      return isText(value) && parseDecimal(value) !== undefined;
    case 'matching':
      return isMatching(value, shape);
    case 'scenario':
      return (
        Value.Check(ScenarioOperations, value) &&
        value.every((step) => !LONE_SURROGATE.test(String(step.value)))
      );
  }
}

/** What is wrong with a value for its item; undefined when it fits. Null always fits: the answer is taken away. */
export function findAnswerFault(value: unknown, shape: AnswerShape | undefined): string | undefined {
  if (shape === undefined) return 'no such item in this paper';
  if (value === null) return undefined;
  if (!fits(value, shape)) return `not an answer to an item of type ${shape.type}`;
  return canonicalJson(value).length > VALUE_LIMIT ? 'too long' : undefined;
}

/** The facts of a save. */
export interface SaveFacts {
  now: number;
  state: AttemptState;
  room: RoomState;
  /** Whether the save comes from the attempt's writer (writer.rules.ts). */
  isWriter: boolean;
  clock: ClockFacts;
  grace: GraceFacts;
}

/** `keep` says under which heading a refused answer is kept as evidence. */
export type SaveVerdict =
  | { ok: true }
  | {
      ok: false;
      code: AttemptRefusal | 'sitting.not-the-writer' | 'sitting.time-over';
      keep?: 'late' | 'ended' | 'not-writer';
    };

/**
 * Whether answers that arrive now count. Up to the deadline and the grace; during a pause or a hold, for the grace after
 * it began, since they were given before it. An answer that comes too late or from another session is kept as evidence.
 */
export function judgeSave(facts: SaveFacts): SaveVerdict {
  const { now, state, clock, grace } = facts;
  const { graceMs } = grace;
  if (state === 'collected') return { ok: false, code: 'sitting.time-over', keep: 'late' };
  const verdict = judgeAttempt(state, 'save', facts.room);
  if (!verdict.ok)
    return {
      ok: false,
      code: verdict.code,
      ...(verdict.code === 'sitting.attempt-ended' ? { keep: 'ended' } : {}),
    };
  if (!facts.isWriter) return { ok: false, code: 'sitting.not-the-writer', keep: 'not-writer' };
  if (!acceptsAnswer(clockTime(now, clock), clock.deadline, grace))
    return { ok: false, code: 'sitting.time-over', keep: 'late' };
  if (clock.pausedAt !== undefined && now > clock.pausedAt + graceMs)
    return { ok: false, code: 'sitting.paused' };
  if (clock.heldAt !== undefined && now > clock.heldAt + graceMs)
    return { ok: false, code: 'sitting.room-held' };
  return { ok: true };
}

import { useEffect } from 'react';
import type { Question } from './paper.ts';

interface Keys {
  question: Question | undefined;
  value: unknown;
  /** Nothing can be answered now (another tab writes). */
  disabled: boolean;
  /** Nothing at all can be done now (a dialog is open, the exam is stopped). */
  off: boolean;
  onChange(value: unknown): void;
  onGo(number: number): void;
  onMark(): void;
  onNote(): void;
  onStrike(optionId: string): void;
  /** Larger (1), smaller (-1), or as it was (0). */
  onZoom(step: -1 | 0 | 1): void;
  onHelp(): void;
}

/** The place that a key stands for: A–F or 1–6. */
function placeOf({ key, code }: KeyboardEvent): number | undefined {
  if (/^[a-f]$/i.test(key)) return key.toUpperCase().charCodeAt(0) - 65;
  const digit = /^Digit([1-6])$|^Numpad([1-6])$/.exec(code);
  return digit === null ? undefined : Number(digit[1] ?? digit[2]) - 1;
}

/** Ids of the options that keys can choose or strike out, in the order shown. */
function optionIds({ item }: Question): readonly string[] {
  if (item.type === 'true-false') return ['true', 'false'];
  return item.type === 'single' || item.type === 'multiple' ? item.options.map(({ id }) => id) : [];
}

/** The value after the option in `place` was chosen by key; undefined where keys choose nothing. */
export function chosenByKey(question: Question, value: unknown, place: number): unknown {
  const ids = optionIds(question);
  const id = ids[place];
  if (id === undefined) return undefined;
  if (question.item.type === 'true-false') return id === 'true';
  if (question.item.type === 'single') return id;
  const before = Array.isArray(value) ? (value as string[]) : [];
  const after = ids.filter((option) => (option === id ? !before.includes(id) : before.includes(option)));
  return after.length > 0 ? after : null;
}

/** Whether a key belongs to what has the focus: typing, a list, a dialog. */
const belongsElsewhere = (target: EventTarget | null): boolean =>
  target instanceof Element &&
  target.closest(
    'textarea, select, input:not([type=radio]):not([type=checkbox]), dialog, [role=separator]',
  ) !== null;

function press(event: KeyboardEvent, keys: Keys): boolean {
  const { question } = keys;
  if (question === undefined) return false;
  switch (event.key) {
    case 'ArrowRight':
      keys.onGo(question.number + 1);
      return true;
    case 'ArrowLeft':
      keys.onGo(question.number - 1);
      return true;
    case '+':
    case '=':
      keys.onZoom(1);
      return true;
    case '-':
      keys.onZoom(-1);
      return true;
    case '0':
      keys.onZoom(0);
      return true;
    case '?':
    case '？':
      keys.onHelp();
      return true;
    case 'm':
    case 'M':
      keys.onMark();
      return true;
    case 'n':
    case 'N':
      keys.onNote();
      return true;
    default:
      return choose(event, keys, question);
  }
}

function choose(event: KeyboardEvent, keys: Keys, question: Question): boolean {
  const place = keys.disabled ? undefined : placeOf(event);
  if (place === undefined) return false;
  const id = optionIds(question)[place];
  if (id === undefined) return false;
  if (event.shiftKey) keys.onStrike(id);
  else keys.onChange(chosenByKey(question, keys.value, place));
  return true;
}

/**
 * Keys of the whole page: A–F or 1–6 choose (with Shift: strike out), arrows change the question, M marks, N opens the
 * note, + − 0 magnify, ? tells all this. Nothing while typing or in a dialog.
 */
export function useKeys(keys: Keys): void {
  useEffect(() => {
    if (keys.off) return;
    const listen = (event: KeyboardEvent): void => {
      if (event.ctrlKey || event.altKey || event.metaKey || belongsElsewhere(event.target)) return;
      if (press(event, keys)) event.preventDefault();
    };
    window.addEventListener('keydown', listen);
    return () => {
      window.removeEventListener('keydown', listen);
    };
  });
}

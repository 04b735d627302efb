import { useEffect } from 'react';
import type { Question } from './paper.ts';

interface Keys {
  question: Question | undefined;
  value: unknown;
  disabled: boolean;
  onChange(itemId: string, value: unknown): void;
  onGo(number: number): void;
  onMark(): void;
}

/** The place that a key stands for: A–F or 1–6. */
function placeOf(key: string): number | undefined {
  if (/^[a-f]$/i.test(key)) return key.toUpperCase().charCodeAt(0) - 65;
  return /^[1-6]$/.test(key) ? Number(key) - 1 : undefined;
}

/** The value after the option in `place` was chosen by key; undefined where keys choose nothing. */
function chosen(question: Question, value: unknown, place: number): unknown {
  const { item } = question;
  if (item.type === 'true-false') return place === 0 ? true : place === 1 ? false : undefined;
  if (item.type !== 'single' && item.type !== 'multiple') return undefined;
  const id = item.options[place]?.id;
  if (id === undefined) return undefined;
  if (item.type === 'single') return id;
  const before = Array.isArray(value) ? (value as string[]) : [];
  const after = item.options
    .map((option) => option.id)
    .filter((option) => (option === id ? !before.includes(id) : before.includes(option)));
  return after.length > 0 ? after : null;
}

/** Keys of the whole page: A–F or 1–6 choose, arrows change the question, M marks. Nothing while typing or in a dialog. */
export function useKeys({ question, value, disabled, onChange, onGo, onMark }: Keys): void {
  useEffect(() => {
    const listen = (event: KeyboardEvent): void => {
      if (event.ctrlKey || event.altKey || event.metaKey || question === undefined) return;
      const target = event.target as HTMLElement;
      const typing =
        target.closest('textarea, select, input:not([type=radio]):not([type=checkbox]), dialog') !== null;
      if (typing) return;
      if (event.key === 'ArrowRight' || event.key === 'ArrowLeft') {
        event.preventDefault();
        onGo(question.number + (event.key === 'ArrowRight' ? 1 : -1));
        return;
      }
      if (disabled) return;
      if (event.key === 'm' || event.key === 'M') {
        onMark();
        return;
      }
      const place = placeOf(event.key);
      const next = place === undefined ? undefined : chosen(question, value, place);
      if (next !== undefined) onChange(question.item.itemId, next);
    };
    window.addEventListener('keydown', listen);
    return () => {
      window.removeEventListener('keydown', listen);
    };
  }, [question, value, disabled, onChange, onGo, onMark]);
}

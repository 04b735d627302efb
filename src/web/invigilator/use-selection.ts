import { useCallback, useState } from 'react';

/** The keys held while choosing. */
export interface Held {
  shift: boolean;
  ctrl: boolean;
}

/** Which seats are chosen (attempt ids); one, several, or none: then the whole room is meant. */
export interface Selection {
  chosen: ReadonlySet<string>;
  /** Where the keyboard stands, and from where Shift reaches. */
  cursor: string | undefined;
}

export const NOTHING: Selection = { chosen: new Set(), cursor: undefined };

/** The selection after a seat was clicked: alone, added or taken away (Ctrl), or all from the cursor to it (Shift). */
export function choose(
  before: Selection,
  order: readonly string[],
  id: string,
  { shift, ctrl }: Held,
): Selection {
  if (shift && before.cursor !== undefined) {
    const [from, to] = [order.indexOf(before.cursor), order.indexOf(id)].sort((a, b) => a - b) as [
      number,
      number,
    ];
    const reached = from < 0 ? [id] : order.slice(from, to + 1);
    return { chosen: new Set([...(ctrl ? before.chosen : []), ...reached]), cursor: before.cursor };
  }
  if (ctrl) {
    const chosen = new Set(before.chosen);
    if (!chosen.delete(id)) chosen.add(id);
    return { chosen, cursor: id };
  }
  return { chosen: new Set([id]), cursor: id };
}

export interface SelectionHandle extends Selection {
  /** `order`: the seats as they are shown where it was clicked; by number when left out. */
  choose(id: string, held: Held, order?: readonly string[]): void;
  set(ids: readonly string[]): void;
  clear(): void;
}

/** Keeps the selection over `seats`, by number. */
export function useSelection(seats: readonly string[]): SelectionHandle {
  const [selection, setSelection] = useState<Selection>(NOTHING);
  const chooseSeat = useCallback(
    (id: string, held: Held, order: readonly string[] = seats) => {
      setSelection((before) => choose(before, order, id, held));
    },
    [seats],
  );
  const set = useCallback((ids: readonly string[]) => {
    setSelection({ chosen: new Set(ids), cursor: ids[0] });
  }, []);
  const clear = useCallback(() => {
    setSelection(({ cursor }) => ({ chosen: new Set(), cursor }));
  }, []);
  return { ...selection, choose: chooseSeat, set, clear };
}

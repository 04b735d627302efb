/** Columns of the answer card. */
export const CARD_COLUMNS = 6;

/** Numbers of the questions, part by part, as the card shows them in rows of `CARD_COLUMNS`. */
export type CardRows = readonly (readonly number[])[];

const down = (parts: CardRows, part: number, place: number): number | undefined => {
  const own = parts[part] ?? [];
  const below = place + CARD_COLUMNS;
  if (below < own.length) return own[below];
  // A last row that ends before this column: to its last cell.
  const lastRow = Math.floor((own.length - 1) / CARD_COLUMNS);
  if (Math.floor(place / CARD_COLUMNS) < lastRow) return own.at(-1);
  const next = parts[part + 1];
  return next?.[Math.min(place % CARD_COLUMNS, next.length - 1)];
};

const up = (parts: CardRows, part: number, place: number): number | undefined => {
  if (place >= CARD_COLUMNS) return parts[part]?.[place - CARD_COLUMNS];
  const before = parts[part - 1];
  if (before === undefined) return undefined;
  const lastRow = Math.floor((before.length - 1) / CARD_COLUMNS) * CARD_COLUMNS;
  return before[Math.min(lastRow + (place % CARD_COLUMNS), before.length - 1)];
};

/** The question that a key leads to on the answer card; undefined where it leads nowhere. */
export function cardStep(parts: CardRows, from: number, key: string): number | undefined {
  const all = parts.flat();
  const at = all.indexOf(from);
  if (at === -1) return undefined;
  const part = parts.findIndex((numbers) => numbers.includes(from));
  const place = parts[part]?.indexOf(from) ?? 0;
  switch (key) {
    case 'ArrowRight':
      return all[at + 1];
    case 'ArrowLeft':
      return all[at - 1];
    case 'ArrowDown':
      return down(parts, part, place);
    case 'ArrowUp':
      return up(parts, part, place);
    case 'Home':
      return all[0];
    case 'End':
      return all.at(-1);
    default:
      return undefined;
  }
}

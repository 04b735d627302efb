import type { Row } from './row.ts';
import { row1 } from './row-01-kills.ts';
import { row2 } from './row-02-store.ts';
import { row3 } from './row-03-lines.ts';
import { row4 } from './row-04-walks.ts';
import { row5 } from './row-05-pages.ts';
import { row6 } from './row-06-clocks.ts';
import { row7 } from './row-07-rushes.ts';
import { row8 } from './row-08-steady.ts';
import { row9 } from './row-09-tokens.ts';
import { row11 } from './row-11-window.ts';
import { row12 } from './row-12-time.ts';
import { row13 } from './row-13-answers.ts';

/** The rows of docs/faults.md, in order. */
export const ROWS: readonly Row[] = [
  row1,
  row2,
  row3,
  row4,
  row5,
  row6,
  row7,
  row8,
  row9,
  row11,
  row12,
  row13,
];

import type { Row } from './row.ts';
import { row4 } from './row-04-walks.ts';
import { row5 } from './row-05-pages.ts';

/** The rows of docs/faults.md, in order. */
export const ROWS: readonly Row[] = [row4, row5];

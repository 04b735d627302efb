import type { Row } from './row.ts';
import { row5 } from './row-05-pages.ts';

/** The rows of docs/faults.md, in order. */
export const ROWS: readonly Row[] = [row5];

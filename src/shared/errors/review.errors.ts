import type { ErrorTable } from './error-table.ts';

export const reviewErrors = {} as const satisfies ErrorTable;

import type { ErrorTable } from './error-table.ts';

export const markingErrors = {} as const satisfies ErrorTable;

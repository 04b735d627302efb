import type { ErrorTable } from './error-table.ts';

export const proctoringErrors = {} as const satisfies ErrorTable;

import type { ErrorTable } from './error-table.ts';

export const bankErrors = {} as const satisfies ErrorTable;

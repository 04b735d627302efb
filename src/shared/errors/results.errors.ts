import type { ErrorTable } from './error-table.ts';

export const resultsErrors = {} as const satisfies ErrorTable;

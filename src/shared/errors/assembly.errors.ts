import type { ErrorTable } from './error-table.ts';

export const assemblyErrors = {} as const satisfies ErrorTable;

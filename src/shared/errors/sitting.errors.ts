import type { ErrorTable } from './error-table.ts';

export const sittingErrors = {} as const satisfies ErrorTable;

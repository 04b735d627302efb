import type { ErrorTable } from './error-table.ts';

export const certificateErrors = {} as const satisfies ErrorTable;

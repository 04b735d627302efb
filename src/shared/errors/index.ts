import { assemblyErrors } from './assembly.errors.ts';
import { bankErrors } from './bank.errors.ts';
import { certificateErrors } from './certificate.errors.ts';
import type { ErrorEntry } from './error-table.ts';
import { markingErrors } from './marking.errors.ts';
import { peopleErrors } from './people.errors.ts';
import { platformErrors } from './platform.errors.ts';
import { proctoringErrors } from './proctoring.errors.ts';
import { resultsErrors } from './results.errors.ts';
import { reviewErrors } from './review.errors.ts';
import { sittingErrors } from './sitting.errors.ts';
import { fill } from '../fill.ts';

/** The one table of errors: code → HTTP status and text. Codes are dotted by stage and never change their meaning. */
export const ERRORS = {
  ...platformErrors,
  ...peopleErrors,
  ...bankErrors,
  ...assemblyErrors,
  ...sittingErrors,
  ...proctoringErrors,
  ...markingErrors,
  ...reviewErrors,
  ...resultsErrors,
  ...certificateErrors,
};
export type ErrorCode = keyof typeof ERRORS;

/** Facts that a refusal carries beside its code. */
export interface ErrorDetails {
  /** Values for the places in the text, such as `{needed}`. */
  params?: Readonly<Record<string, string | number>>;
  /** JSON pointer or name of the field at fault. */
  field?: string;
  /** Further problems, one a line of an import, say. */
  issues?: readonly { path: string; message: string; code?: string }[];
}

/** The one error the application throws on purpose; the HTTP and socket layers turn it into a problem document. */
export class AppError extends Error {
  override readonly name = 'AppError';
  readonly code: ErrorCode;
  readonly details: ErrorDetails;

  constructor(code: ErrorCode, details: ErrorDetails = {}) {
    super(`${code}: ${fill(ERRORS[code].en, details.params)}`);
    this.code = code;
    this.details = details;
  }
}

/** An error as RFC 9457 problem+json, as the server sends it and the browser reads it. */
export interface Problem {
  type: string;
  title: string;
  status: number;
  code: ErrorCode;
  /** What happened and what to do, in both languages. */
  zh: string;
  en: string;
  clause?: string;
  field?: string;
  params?: Readonly<Record<string, string | number>>;
  issues?: ErrorDetails['issues'];
}

/** Turns a code and its details into the problem document. */
export function problemOf(code: ErrorCode, details: ErrorDetails = {}): Problem {
  const entry: ErrorEntry = ERRORS[code];
  return {
    type: `urn:kaochang:error:${code}`,
    title: code,
    status: entry.status,
    code,
    zh: fill(entry.zh, details.params),
    en: fill(entry.en, details.params),
    ...(entry.clause === undefined ? {} : { clause: entry.clause }),
    ...(details.field === undefined ? {} : { field: details.field }),
    ...(details.params === undefined ? {} : { params: details.params }),
    ...(details.issues === undefined ? {} : { issues: details.issues }),
  };
}

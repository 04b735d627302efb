/** Names of the MongoDB error codes the store answers with (server's error_codes.yml). */
const CODE_NAMES = {
  1: 'InternalError',
  2: 'BadValue',
  4: 'NoSuchKey',
  8: 'UnknownError',
  9: 'FailedToParse',
  11: 'UserNotFound',
  13: 'Unauthorized',
  14: 'TypeMismatch',
  16: 'InvalidLength',
  18: 'AuthenticationFailed',
  20: 'IllegalOperation',
  26: 'NamespaceNotFound',
  27: 'IndexNotFound',
  28: 'PathNotViable',
  40: 'ConflictingUpdateOperators',
  43: 'CursorNotFound',
  48: 'NamespaceExists',
  50: 'MaxTimeMSExpired',
  52: 'DollarPrefixedFieldName',
  53: 'InvalidIdField',
  54: 'NotSingleValueField',
  56: 'EmptyFieldName',
  59: 'CommandNotFound',
  66: 'ImmutableField',
  67: 'CannotCreateIndex',
  72: 'InvalidOptions',
  73: 'InvalidNamespace',
  85: 'IndexOptionsConflict',
  86: 'IndexKeySpecsConflict',
  91: 'ShutdownInProgress',
  112: 'WriteConflict',
  115: 'CommandNotSupported',
  121: 'DocumentValidationFailure',
  168: 'InvalidPipelineOperator',
  171: 'CannotIndexParallelArrays',
  197: 'InvalidIndexSpecificationOption',
  225: 'TransactionTooOld',
  251: 'NoSuchTransaction',
  256: 'TransactionCommitted',
  263: 'OperationNotSupportedInTransaction',
  10334: 'BSONObjectTooLarge',
  79: 'UnknownReplWriteConcern',
  89: 'NetworkTimeout',
  100: 'UnsatisfiableWriteConcern',
  189: 'PrimarySteppedDown',
  10107: 'NotWritablePrimary',
  11000: 'DuplicateKey',
  11600: 'InterruptedAtShutdown',
  11601: 'Interrupted',
  11602: 'InterruptedDueToReplStateChange',
  14031: 'OutOfDiskSpace',
  31253: 'Location31253',
  31254: 'Location31254',
  40324: 'Location40324',
} as const satisfies Record<number, string>;

export type ErrorCode = keyof typeof CODE_NAMES;

/** codeName of any code: the known name, or `Location<code>` as the server does for unnamed ones. */
function codeNameOf(code: number): string {
  return (CODE_NAMES as Record<number, string>)[code] ?? `Location${String(code)}`;
}

/** An error that is answered to the client as it is: code, codeName, message and extra fields (labels, key…). */
export class MongoError extends Error {
  readonly code: number;
  readonly extra: Record<string, unknown>;
  constructor(code: ErrorCode | number, message: string, extra: Record<string, unknown> = {}) {
    super(message);
    this.code = code;
    this.extra = extra;
  }
  get codeName(): string {
    return codeNameOf(this.code);
  }
}

/** A feature of MongoDB that the embedded store leaves to a real MongoDB (set MONGODB_URI). */
export function notBuilt(feature: string): MongoError {
  return new MongoError(
    115,
    `${feature} is not built in the embedded store; set MONGODB_URI to use a MongoDB server`,
  );
}

export const TRANSIENT = 'TransientTransactionError';

/** Two transactions (or a transaction and a later write) changed the same document. */
export function writeConflict(detail: string): MongoError {
  return new MongoError(
    112,
    `WriteConflict: ${detail}. Please retry your operation or multi-document transaction.`,
    {
      errorLabels: [TRANSIENT],
    },
  );
}

/** Codes after which the same statement may succeed on a retry (server: RetriableError, NotPrimary, shutdown…). */
const RETRIABLE = new Set([
  6, 7, 89, 91, 134, 189, 262, 317, 358, 384, 402, 9001, 10058, 10107, 11600, 11602, 13435, 13436,
]);
/** Codes after which the whole transaction may succeed on a retry. */
const TRANSIENT_CODES = new Set([24, 112, 225, 239, 246, 251, 267, 314]);

/** Labels the server gives an error, by its code and by where it happened. */
export function labelsFor(code: number, command: Record<string, unknown>): string[] {
  const ends = 'commitTransaction' in command || 'abortTransaction' in command;
  if (command['autocommit'] === false && !ends)
    return TRANSIENT_CODES.has(code) || RETRIABLE.has(code) ? [TRANSIENT] : [];
  const labels: string[] = [];
  if (ends && TRANSIENT_CODES.has(code)) labels.push(TRANSIENT);
  if (command['txnNumber'] !== undefined && RETRIABLE.has(code)) labels.push('RetryableWriteError');
  return labels;
}

/** The reply document of a failed command. */
export function errorReply(error: unknown): Record<string, unknown> {
  if (error instanceof MongoError) {
    return { ok: 0, errmsg: error.message, code: error.code, codeName: error.codeName, ...error.extra };
  }
  const { message, code } = error as { message?: string; code?: unknown };
  if (code === 'SQLITE_FULL' || code === 'ENOSPC') {
    return {
      ok: 0,
      errmsg: `No space left on the data directory: ${message ?? ''}`,
      code: 14031,
      codeName: 'OutOfDiskSpace',
    };
  }
  return { ok: 0, errmsg: message ?? String(error), code: 8, codeName: 'UnknownError' };
}

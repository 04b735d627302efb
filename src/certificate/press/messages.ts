import type { ErrorCode, ErrorDetails } from '../../shared/errors/index.ts';
import type { KeySettings } from '../keys/keys.ts';
import type { CertificateJob, PrintableFacts } from '../pdf/certificate-pdf.ts';

/** What the press is told when it starts. */
export type PressSettings = KeySettings;

/** What the press is asked: whether something can be printed, or to draw and sign a certificate. */
export type PressTask = { kind: 'check'; facts: PrintableFacts } | { kind: 'print'; job: CertificateJob };
export type ToPress = PressTask & { id: number };

/** Its answer: a signed PDF for `print`, nothing for `check`; or why not. `code` is missing on an unexpected error. */
export type FromPress =
  | { id: number; ok: true; pdf?: Uint8Array }
  | { id: number; ok: false; code: ErrorCode | undefined; details: ErrorDetails; message: string };

import { createDecipheriv } from 'node:crypto';
import type { CandidateForm } from '../../src/assembly/form.contract.ts';
import type { PaperKey, SealedPaper } from '../../src/sitting/attempt.contract.ts';

const TAG_BYTES = 16;

/** Opens a sealed paper (AES-256-GCM, the tag at the end). @throws Error when the key is not the paper's */
export function openPaper(sealed: SealedPaper, key: PaperKey): CandidateForm {
  const bytes = Buffer.from(sealed.ciphertext, 'base64');
  const decipher = createDecipheriv(
    'aes-256-gcm',
    Buffer.from(key.key, 'base64'),
    Buffer.from(sealed.nonce, 'base64'),
  );
  decipher.setAuthTag(bytes.subarray(bytes.length - TAG_BYTES));
  const text =
    decipher.update(bytes.subarray(0, bytes.length - TAG_BYTES), undefined, 'utf8') + decipher.final('utf8');
  return JSON.parse(text) as CandidateForm;
}

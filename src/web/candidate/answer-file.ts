import { gcm } from '@noble/ciphers/aes.js';
import { sha256 } from '@noble/hashes/sha2.js';
import { answersText, type DigestedAnswer } from '../../sitting/answer-text.rules.ts';
import type { AnswerFile, AnswerFileContent, AnswerInput } from '../../sitting/attempt.contract.ts';

const utf8 = (text: string): Uint8Array => new TextEncoder().encode(text);
const bytesOf = (base64: string): Uint8Array =>
  Uint8Array.from(atob(base64), (character) => character.charCodeAt(0));

function base64(bytes: Uint8Array): string {
  let text = '';
  for (const byte of bytes) text += String.fromCharCode(byte);
  return btoa(text);
}

/** SHA-256 (hex) over answers, as the server's receipts have it. No crypto.subtle: a lab is on plain http. */
export const digestOf = (answers: readonly DigestedAnswer[]): string =>
  [...sha256(utf8(answersText(answers)))].map((byte) => byte.toString(16).padStart(2, '0')).join('');

/** Seals answers for the invigilator to carry to the server. `key`: the attempt's paper key, base64. `at`: server ms. */
export function sealAnswerFile(input: {
  attemptId: string;
  key: string;
  at: number;
  answers: AnswerInput[];
}): AnswerFile {
  const { attemptId, key, at, answers } = input;
  const nonce = crypto.getRandomValues(new Uint8Array(12));
  const content: AnswerFileContent = { at, answers };
  const ciphertext = gcm(bytesOf(key), nonce, utf8(`answers:${attemptId}`)).encrypt(
    utf8(JSON.stringify(content)),
  );
  return {
    format: 'kaochang-answers',
    version: 1,
    attemptId,
    nonce: base64(nonce),
    ciphertext: base64(ciphertext),
  };
}

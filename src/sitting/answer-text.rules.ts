import { canonicalJson } from '../shared/canonical-json.ts';

/** An answer as digests see it. */
export interface DigestedAnswer {
  itemId: string;
  seq: number;
  value: unknown;
}

/** Canonical JSON of one answer, a piece of `answersText`. */
export const answerText = ({ itemId, seq, value }: DigestedAnswer): string =>
  canonicalJson({ itemId, seq, value });

/** Puts the pieces of an attempt together, by item id in code-unit order. */
export function joinAnswerTexts(pieces: Iterable<readonly [itemId: string, text: string]>): string {
  const sorted = [...pieces].sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0));
  return `[${sorted.map(([, text]) => text).join(',')}]`;
}

/** The text whose SHA-256 is the digest of an attempt: canonical JSON of all stored answers, ordered by item id. */
export const answersText = (answers: readonly DigestedAnswer[]): string =>
  joinAnswerTexts(answers.map((answer) => [answer.itemId, answerText(answer)] as const));

/** The first eight characters of a digest, for two people to compare: AB12-CD34. */
export const answerCode = (digest: string): string =>
  `${digest.slice(0, 4)}-${digest.slice(4, 8)}`.toUpperCase();

/** Whether a value counts as answered: not taken away and not empty. */
export function isAnswered(value: unknown): boolean {
  if (value === null || value === undefined || value === '') return false;
  return typeof value === 'object' ? Object.keys(value).length > 0 : true;
}

/**
 * What a candidate typed into a numeric item, as the server takes it: full-width digits and signs made plain, thousands
 * separators and spaces gone, "12." → "12", ".5" → "0.5". Undefined when it is not a number (yet).
 */
export function normaliseNumeric(typed: string): string | undefined {
  const plain = typed
    .normalize('NFKC')
    .replace(/[−–]/g, '-')
    .replace(/。/g, '.')
    .replace(/[\s,']/g, '');
  const match = /^([+-]?)(\d{0,18})(?:\.(\d{0,10}))?$/.exec(plain);
  if (match === null || ((match[2] ?? '') === '' && (match[3] ?? '') === '')) return undefined;
  const sign = match[1] === '-' ? '-' : '';
  return `${sign}${match[2] === '' ? '0' : (match[2] ?? '0')}${(match[3] ?? '') === '' ? '' : `.${match[3] ?? ''}`}`;
}

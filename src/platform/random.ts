import { randomBytes } from 'node:crypto';

/** The product's only source of chance, so that tests can replace it. */
export interface Random {
  /** A new identifier: the prefix and 100 random bits, such as "att_7k2m…". */
  id(prefix: string): string;
  /** A seed to be recorded, so that whoever has it can repeat what was drawn. */
  seed(): string;
  /** Random bytes for secrets. */
  bytes(length: number): Buffer;
}

const ALPHABET = '0123456789abcdefghjkmnpqrstvwxyz';

/** Chance from the operating system. */
export const systemRandom: Random = {
  id(prefix) {
    const bytes = randomBytes(20);
    let text = `${prefix}_`;
    for (const byte of bytes) text += ALPHABET[byte & 31];
    return text;
  },
  seed: () => randomBytes(12).toString('hex'),
  bytes: (length) => randomBytes(length),
};

/** One value of DER (ITU-T X.690): as much of it as CMS signatures need. */
export interface DerValue {
  tag: number;
  content: Buffer;
  /** Tag, length and content. */
  whole: Buffer;
}

export const TAG = { integer: 0x02, octets: 0x04, oid: 0x06, sequence: 0x30, set: 0x31 } as const;
/** Context tag [n], constructed. */
export const context = (n: number): number => 0xa0 | n;

/** Encodes a value. */
export function der(tag: number, ...parts: readonly Uint8Array[]): Buffer {
  const content = Buffer.concat(parts);
  return Buffer.concat([Buffer.from([tag]), lengthBytes(content.length), content]);
}

function lengthBytes(length: number): Buffer {
  if (length < 0x80) return Buffer.from([length]);
  const hex = length.toString(16);
  const bytes = Buffer.from(hex.padStart(hex.length + (hex.length % 2), '0'), 'hex');
  return Buffer.concat([Buffer.from([0x80 | bytes.length]), bytes]);
}

/** Encodes an object identifier such as "1.2.840.113549.1.7.2". */
export function oid(dotted: string): Buffer {
  const [first = 0, second = 0, ...rest] = dotted.split('.').map(Number);
  const bytes = [first * 40 + second];
  for (const arc of rest) {
    const digits = [arc & 0x7f];
    for (let left = Math.floor(arc / 128); left > 0; left = Math.floor(left / 128))
      digits.unshift((left & 0x7f) | 0x80);
    bytes.push(...digits);
  }
  return der(TAG.oid, Buffer.from(bytes));
}

/** SET OF: its members in ascending order of their encodings (X.690, 11.6). */
export const setOf = (members: readonly Buffer[]): Buffer =>
  der(TAG.set, ...[...members].sort((a, b) => Buffer.compare(a, b)));

/** Thrown by the reader on anything that is not DER. */
export class DerError extends Error {
  override readonly name = 'DerError';
}

/** Reads the value at the start of `bytes`; what follows it is left alone. @throws DerError on anything but DER */
export function readDer(bytes: Buffer): DerValue {
  const [tag, first] = bytes;
  if (tag === undefined || first === undefined || (tag & 0x1f) === 0x1f) throw new DerError('no value');
  let start = 2;
  let length = first;
  if (first >= 0x80) {
    const count = first & 0x7f;
    if (count === 0 || count > 3 || bytes.length < 2 + count) throw new DerError('bad length');
    length = bytes.readUIntBE(2, count);
    start += count;
    if (length < 0x80 || lengthBytes(length).length !== 1 + count) throw new DerError('length not minimal');
  }
  if (start + length > bytes.length) throw new DerError('value cut short');
  return { tag, content: bytes.subarray(start, start + length), whole: bytes.subarray(0, start + length) };
}

/** Reads all values in `bytes`. @throws DerError */
export function readAll(bytes: Buffer): DerValue[] {
  const values: DerValue[] = [];
  for (let rest = bytes; rest.length > 0;) {
    const value = readDer(rest);
    values.push(value);
    rest = rest.subarray(value.whole.length);
  }
  return values;
}

/**
 * BSON to JavaScript and back without losing numeric types: int32 is a number, int64 a bigint, a double is a
 * number unless it would be re-encoded as an int32, in which case it stays a `Double`.
 */
import {
  Binary,
  BSON,
  BSONRegExp,
  Double,
  Decimal128,
  MaxKey,
  MinKey,
  ObjectId,
  Timestamp,
  UUID,
} from 'bson';

export type Doc = Record<string, unknown>;

/** Value of an own field; inherited names (`constructor`, `__proto__`) are never fields. */
export function field(doc: Doc, name: string): unknown {
  const value = doc[name];
  if (value === undefined) return undefined;
  if (typeof value === 'function' || name === '__proto__')
    return Object.hasOwn(doc, name) ? value : undefined;
  return value;
}

/** Sets an own field, also one called `__proto__`. */
export function setField(doc: Doc, name: string, value: unknown): void {
  if (name === '__proto__') {
    Object.defineProperty(doc, name, { value, enumerable: true, configurable: true, writable: true });
  } else doc[name] = value;
}

/** True for embedded documents: objects that are not arrays, dates, bytes or BSON scalar classes. */
export function isDoc(value: unknown): value is Doc {
  if (value === null || typeof value !== 'object' || Array.isArray(value)) return false;
  const proto: unknown = Object.getPrototypeOf(value);
  return proto === Object.prototype || proto === null;
}

/** An encoded document, decoded when somebody looks. */
export class RawDoc {
  readonly bytes: Buffer;
  #doc: Doc | undefined;
  constructor(bytes: Buffer, doc?: Doc) {
    this.bytes = bytes;
    this.#doc = doc;
  }
  get doc(): Doc {
    return (this.#doc ??= decode(this.bytes));
  }
}

const INT32_MAX = 0x7fffffff;
const INT32_MIN = -0x80000000;

interface Mode {
  /** numbers as JavaScript numbers wherever that loses nothing but the BSON type (for mingo) */
  promote: boolean;
  /** top-level arrays of documents under these names stay encoded */
  rawArrays?: ReadonlySet<string>;
}
const EXACT: Mode = { promote: false };
const PROMOTED: Mode = { promote: true };

class Reader {
  private readonly b: Buffer;
  private readonly mode: Mode;
  private p: number;
  constructor(b: Buffer, at: number, mode: Mode) {
    this.b = b;
    this.p = at;
    this.mode = mode;
  }

  private cstring(): string {
    const { b } = this;
    const start = this.p;
    let p = start;
    let high = 0;
    for (let c = b[p]; c !== 0; c = b[++p]) {
      if (c === undefined) throw new Error('BSON: unterminated name');
      high |= c;
    }
    this.p = p + 1;
    return high & 0x80 ? b.toString('utf8', start, p) : b.toString('latin1', start, p);
  }

  private bytes(n: number): Buffer {
    if (n < 0 || this.p + n > this.b.length) throw new Error('BSON: length beyond the document');
    const out = this.b.subarray(this.p, this.p + n);
    this.p += n;
    return out;
  }

  private eight(): Buffer {
    return this.bytes(8);
  }

  private int32(): number {
    const v = this.b.readInt32LE(this.p);
    this.p += 4;
    return v;
  }

  private string(): string {
    const n = this.int32();
    if (n < 1 || this.p + n > this.b.length) throw new Error('BSON: bad string length');
    const out = this.b.toString('utf8', this.p, this.p + n - 1);
    this.p += n;
    return out;
  }

  private binary(): Binary {
    const n = this.int32();
    const sub = this.b.readUInt8(this.p++);
    const copy = Buffer.from(this.bytes(n));
    return sub === 4 && n === 16 ? new UUID(copy) : new Binary(copy, sub);
  }

  private double(): unknown {
    const v = this.b.readDoubleLE(this.p);
    this.p += 8;
    if (this.mode.promote) return v;
    return Number.isInteger(v) && v <= INT32_MAX && v >= INT32_MIN && !Object.is(v, -0) ? new Double(v) : v;
  }

  private int64(): unknown {
    const v = this.b.readBigInt64LE(this.p);
    this.p += 8;
    return this.mode.promote && v <= 9007199254740991n && v >= -9007199254740991n ? Number(v) : v;
  }

  /** Types nobody writes any more, and code: decoded by the BSON library. */
  private rare(type: number, start: number): unknown {
    const size = rareSize(type, this.b, this.p);
    const element = this.b.subarray(start, this.p + size);
    this.p += size;
    const head = Buffer.alloc(4);
    head.writeInt32LE(element.length + 5);
    const doc = BSON.deserialize(Buffer.concat([head, element, Buffer.alloc(1)]), { promoteValues: false });
    return Object.values(doc)[0];
  }

  private value(type: number, start: number): unknown {
    switch (type) {
      case 0x10:
        return this.int32();
      case 0x02:
        return this.string();
      case 0x01:
        return this.double();
      case 0x03:
        return this.document();
      case 0x04:
        return this.array();
      case 0x05:
        return this.binary();
      case 0x07:
        return new ObjectId(Buffer.from(this.bytes(12)));
      case 0x08:
        return this.b[this.p++] === 1;
      case 0x09:
        return new Date(Number(this.eight().readBigInt64LE()));
      case 0x0a:
        return null;
      case 0x0b:
        return new BSONRegExp(this.cstring(), this.cstring());
      case 0x11:
        return new Timestamp(this.eight().readBigUInt64LE());
      case 0x12:
        return this.int64();
      case 0x13:
        return new Decimal128(Buffer.from(this.bytes(16)));
      case 0x7f:
        return new MaxKey();
      case 0xff:
        return new MinKey();
      default:
        return this.rare(type, start);
    }
  }

  private end(): number {
    const at = this.p;
    const size = this.int32();
    if (size < 5 || at + size > this.b.length) throw new Error('BSON: bad document length');
    return at + size - 1;
  }

  document(top = false): Doc {
    const end = this.end();
    const doc: Doc = {};
    const raw = top ? this.mode.rawArrays : undefined;
    while (this.p < end) {
      const start = this.p;
      const type = this.b[this.p++] as number;
      const name = this.cstring();
      if (raw !== undefined && type === 4 && raw.has(name)) doc[name] = this.rawArray();
      else setField(doc, name, this.value(type, start));
    }
    if (this.p !== end) throw new Error('BSON: document overruns its length');
    this.p = end + 1;
    return doc;
  }

  private array(): unknown[] {
    const end = this.end();
    const out: unknown[] = [];
    while (this.p < end) {
      const start = this.p;
      const type = this.b[this.p++] as number;
      while (this.b[this.p++] !== 0) if (this.p > end) throw new Error('BSON: unterminated name');
      out.push(this.value(type, start));
    }
    this.p = end + 1;
    return out;
  }

  private rawArray(): RawDoc[] {
    const end = this.end();
    const out: RawDoc[] = [];
    while (this.p < end) {
      if (this.b[this.p++] !== 3) throw new Error('BSON: expected a document');
      this.cstring();
      out.push(new RawDoc(this.bytes(this.b.readInt32LE(this.p))));
    }
    this.p = end + 1;
    return out;
  }
}

/** Size of a value of a type that nobody writes any more. */
export function rareSize(type: number, b: Buffer, at: number): number {
  switch (type) {
    case 0x06:
      return 0;
    case 0x0c:
      return 4 + b.readInt32LE(at) + 12;
    case 0x0d:
    case 0x0e:
      return 4 + b.readInt32LE(at);
    case 0x0f:
      return b.readInt32LE(at);
    default:
      throw new Error(`BSON: unknown type 0x${type.toString(16)}`);
  }
}

/** Decodes a document with exact numeric types. */
export function decode(bytes: Buffer): Doc {
  return new Reader(bytes, 0, EXACT).document();
}

/** Decodes a document with plain JavaScript numbers, as the pipeline library wants them. */
export function decodePromoted(bytes: Buffer): Doc {
  return new Reader(bytes, 0, PROMOTED).document();
}

const RAW_ARRAYS: ReadonlySet<string> = new Set(['documents']);

/** Decodes the body of a command; documents to insert stay encoded (`RawDoc`). */
export function decodeCommand(bytes: Buffer): Doc {
  return new Reader(bytes, 0, { promote: false, rawArrays: RAW_ARRAYS }).document(true);
}

/** Encodes a document (undefined becomes null inside arrays, is left out of documents). */
export function encode(doc: Doc): Buffer {
  const bytes = BSON.serialize(doc, { ignoreUndefined: true });
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
}

/** A value in plain JavaScript numbers, as `decodePromoted` gives it. */
export function promote(value: unknown): unknown {
  if (typeof value === 'bigint') {
    const n = Number(value);
    return Number.isSafeInteger(n) ? n : value;
  }
  if (value === null || typeof value !== 'object') return value;
  if (value instanceof Double) return value.value;
  if (Array.isArray(value)) return value.map(promote);
  if (!isDoc(value)) return value;
  const out: Doc = {};
  for (const key of Object.keys(value)) setField(out, key, promote(value[key]));
  return out;
}

/** Deep copy of a document (scalars of BSON classes are shared: nobody changes them). */
export function clone<T>(value: T): T {
  if (Array.isArray(value)) return value.map(clone) as T;
  if (!isDoc(value)) return value;
  const out: Doc = {};
  for (const key of Object.keys(value)) setField(out, key, clone(value[key]));
  return out as T;
}

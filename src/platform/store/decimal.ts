/** Exact decimal arithmetic for Decimal128 values: numbers as coefficient × 10^exponent. */
import { Decimal128, Double } from 'bson';

export interface Decimal {
  coefficient: bigint;
  exponent: number;
}
export type SpecialNumber = 'NaN' | 'Infinity' | '-Infinity';

const DIGITS = 34;

/** A Decimal128 as coefficient and exponent, or the name of a special value. */
export function parseDecimal(value: Decimal128): Decimal | SpecialNumber {
  const text = value.toString();
  if (text === 'NaN' || text === 'Infinity' || text === '-Infinity') return text;
  const match = /^(-?)(\d*)\.?(\d*)(?:E([+-]?\d+))?$/.exec(text);
  if (!match) return 'NaN';
  const [, sign, whole = '', fraction = '', exponent = '0'] = match;
  const coefficient = BigInt((sign ?? '') + whole + fraction || '0');
  return { coefficient, exponent: Number(exponent) - fraction.length };
}

/** The exact decimal expansion of a finite double. */
export function exactDecimal(value: number): Decimal {
  const view = new DataView(new ArrayBuffer(8));
  view.setFloat64(0, value);
  const bits = view.getBigUint64(0);
  const biased = Number((bits >> 52n) & 0x7ffn);
  const fraction = bits & 0xfffffffffffffn;
  const mantissa = (biased === 0 ? fraction : fraction | 0x10000000000000n) * (bits >> 63n ? -1n : 1n);
  const power = (biased === 0 ? 1 : biased) - 1075;
  if (power >= 0) return { coefficient: mantissa << BigInt(power), exponent: 0 };
  return { coefficient: mantissa * 5n ** BigInt(-power), exponent: power };
}

/** Sign of a − b. */
export function compareDecimal(a: Decimal, b: Decimal): number {
  const low = Math.min(a.exponent, b.exponent);
  const x = a.coefficient * 10n ** BigInt(a.exponent - low);
  const y = b.coefficient * 10n ** BigInt(b.exponent - low);
  return x < y ? -1 : x > y ? 1 : 0;
}

function rounded(coefficient: bigint, exponent: number): Decimal {
  const negative = coefficient < 0n;
  let digits = (negative ? -coefficient : coefficient).toString();
  const over = digits.length - DIGITS;
  if (over <= 0) return { coefficient, exponent };
  const unit = 10n ** BigInt(over);
  const whole = BigInt(digits);
  let kept = whole / unit;
  const rest = (whole % unit) * 2n;
  if (rest > unit || (rest === unit && kept % 2n === 1n)) kept += 1n;
  digits = kept.toString();
  return { coefficient: negative ? -kept : kept, exponent: exponent + over };
}

/** A decimal as Decimal128, rounded half-even to 34 digits. */
export function toDecimal128(value: Decimal): Decimal128 {
  const { coefficient, exponent } = rounded(value.coefficient, value.exponent);
  return Decimal128.fromString(`${coefficient.toString()}E${String(exponent)}`);
}

export function addDecimal(a: Decimal, b: Decimal): Decimal {
  const low = Math.min(a.exponent, b.exponent);
  return {
    coefficient:
      a.coefficient * 10n ** BigInt(a.exponent - low) + b.coefficient * 10n ** BigInt(b.exponent - low),
    exponent: low,
  };
}

export function multiplyDecimal(a: Decimal, b: Decimal): Decimal {
  return { coefficient: a.coefficient * b.coefficient, exponent: a.exponent + b.exponent };
}

/** Any BSON number as a decimal; doubles by their shortest notation, as the server converts them (15 digits). */
export function asDecimal(value: unknown): Decimal | SpecialNumber {
  if (typeof value === 'bigint') return { coefficient: value, exponent: 0 };
  if (value instanceof Decimal128) return parseDecimal(value);
  const n = value instanceof Double ? value.value : (value as number);
  if (Number.isNaN(n)) return 'NaN';
  if (!Number.isFinite(n)) return n > 0 ? 'Infinity' : '-Infinity';
  return Number.isInteger(n) && Number.isSafeInteger(n)
    ? { coefficient: BigInt(n), exponent: 0 }
    : parseDecimal(Decimal128.fromString(n.toPrecision(15)));
}

/** An exact rational number; marks are computed in these and rounded once, at the end. Always in lowest terms, `den > 0`. */
export interface Fraction {
  readonly num: bigint;
  readonly den: bigint;
}

const gcd = (a: bigint, b: bigint): bigint => (b === 0n ? (a < 0n ? -a : a) : gcd(b, a % b));

/** `num / den` in lowest terms. `den` must not be 0. */
export function fraction(num: bigint | number, den: bigint | number = 1n): Fraction {
  const n = BigInt(num);
  const d = BigInt(den);
  const divisor = gcd(n, d) || 1n;
  const sign = d < 0n ? -1n : 1n;
  return { num: (sign * n) / divisor, den: (sign * d) / divisor };
}

export const ZERO: Fraction = { num: 0n, den: 1n };

export const add = (a: Fraction, b: Fraction): Fraction =>
  fraction(a.num * b.den + b.num * a.den, a.den * b.den);
export const subtract = (a: Fraction, b: Fraction): Fraction =>
  fraction(a.num * b.den - b.num * a.den, a.den * b.den);
export const multiply = (a: Fraction, b: Fraction): Fraction => fraction(a.num * b.num, a.den * b.den);
/** `a / b`; `b` must not be 0. */
export const divide = (a: Fraction, b: Fraction): Fraction => fraction(a.num * b.den, a.den * b.num);
export const sum = (values: readonly Fraction[]): Fraction => values.reduce(add, ZERO);

/** Negative, 0 or positive as `a` is below, at or above `b`. */
export function compare(a: Fraction, b: Fraction): number {
  const difference = a.num * b.den - b.num * a.den;
  return difference < 0n ? -1 : difference > 0n ? 1 : 0;
}

/** Reads a decimal string such as "-12.50" exactly; undefined when it is not one (at most 30 characters). */
export function parseDecimal(text: string): Fraction | undefined {
  const match = /^([+-]?)(\d{1,18})(?:\.(\d{1,10}))?$/.exec(text.trim());
  if (!match) return undefined;
  const decimals = match[3] ?? '';
  const digits = BigInt(`${match[2] ?? ''}${decimals}`);
  return fraction(match[1] === '-' ? -digits : digits, 10n ** BigInt(decimals.length));
}

/** Text of a fraction, exact: "7/2", or "3" when whole. For the store; `readFraction` reads it back. */
export const writeFraction = (f: Fraction): string => (f.den === 1n ? `${f.num}` : `${f.num}/${f.den}`);

/** Reads what `writeFraction` wrote; undefined when it is not that. */
export function readFraction(text: string): Fraction | undefined {
  const match = /^(-?\d{1,40})(?:\/([1-9]\d{0,40}))?$/.exec(text);
  return match ? fraction(BigInt(match[1] ?? '0'), BigInt(match[2] ?? '1')) : undefined;
}

/** Rounds half up (away from zero) to `decimals` places and writes it, such as "59.5". The one rounding of a result. */
export function roundHalfUp(f: Fraction, decimals: number): string {
  const scale = 10n ** BigInt(decimals);
  const negative = f.num < 0n;
  const magnitude = negative ? -f.num : f.num;
  const scaled = (2n * magnitude * scale + f.den) / (2n * f.den);
  const digits = scaled.toString().padStart(decimals + 1, '0');
  const whole = digits.slice(0, digits.length - decimals);
  const text = decimals === 0 ? digits : `${whole}.${digits.slice(digits.length - decimals)}`;
  return negative && scaled !== 0n ? `-${text}` : text;
}

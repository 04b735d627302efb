import type { Level } from '../shared/levels.ts';

/**
 * A certificate number is a template filled in: literal capitals, digits and dashes, and places in braces:
 * `{year}` (2026), `{year2}` (26), `{level}` (J, I or S), `{grade}` (5, 4 or 3) and, once, `{serial:n}` of n digits.
 */
export interface NumberTemplate {
  /** The template as written. */
  text: string;
  /** Digits of the serial. */
  width: number;
}

/** What a number says beside its serial. */
export interface NumberFacts {
  /** Calendar year of issue. */
  year: number;
  level: Level;
}

/** This product's own scheme, used where an institution has set no other: KCS2026000001. */
export const OWN_TEMPLATE = 'KC{level}{year}{serial:6}';

const LETTERS: Record<Level, string> = { junior: 'J', intermediate: 'I', senior: 'S' };
/** The national grade that each level is written as: 五级/初级工, 四级/中级工, 三级/高级工. */
const GRADES: Record<Level, string> = { junior: '5', intermediate: '4', senior: '3' };

/** 人社鉴发〔2019〕2号: kind, evaluating body, province, site, year, grade, serial; no check digit. */
const NATIONAL = /^[YS]\d{4}\d{2}\d{6}\d{2}[1-5]\d{6}$/;

/** What the 22-character national scheme is made of. */
export interface NationalScheme {
  /** Y: an employer; S: a social evaluating body. */
  kind: 'Y' | 'S';
  /** Number of the evaluating body, 4 digits. */
  body: string;
  /** Province, 2 digits. */
  province: string;
  /** Site, 6 digits. */
  site: string;
}

export type TemplateVerdict =
  | { ok: true; template: NumberTemplate }
  | {
      ok: false;
      code: 'certificate.bad-template';
      problem: 'length' | 'character' | 'place' | 'serial' | 'year' | 'national';
    };

const PLACE = /\{(year|year2|level|grade|serial:([4-9]))\}/g;

/** Reads a template; refuses one whose numbers could be ambiguous, repeat in another year, or be too long to print. */
export function parseTemplate(text: string): TemplateVerdict {
  const bad = (problem: Extract<TemplateVerdict, { ok: false }>['problem']): TemplateVerdict => ({
    ok: false,
    code: 'certificate.bad-template',
    problem,
  });
  if (text.length < 8 || text.length > 60) return bad('length');
  const literal = text.replace(PLACE, '');
  if (/[{}]/.test(literal)) return bad('place');
  if (!/^[0-9A-Z-]*$/.test(literal)) return bad('character');
  const serials = [...text.matchAll(PLACE)].map((match) => match[2]).filter((width) => width !== undefined);
  const [width] = serials;
  if (serials.length !== 1 || width === undefined) return bad('serial');
  if (!/\{year2?\}/.test(text)) return bad('year');
  return { ok: true, template: { text, width: Number(width) } };
}

/** The template of the 22-character national scheme for one site. */
export function nationalTemplate({ kind, body, province, site }: NationalScheme): TemplateVerdict {
  const verdict = parseTemplate(`${kind}${body}${province}${site}{year2}{grade}{serial:6}`);
  if (!verdict.ok) return verdict;
  const sample = writeNumber(verdict.template, { year: 2026, level: 'senior' }, 1);
  return sample.ok && NATIONAL.test(sample.number)
    ? verdict
    : { ok: false, code: 'certificate.bad-template', problem: 'national' };
}

/** Whether a number has the form of the national scheme. */
export const isNationalNumber = (number: string): boolean => NATIONAL.test(number);

/**
 * Names the series that a number is counted in: the number with `#` for its serial. Each series has a counter of its own,
 * so that two templates that come to the same numbers also share the count.
 */
export function seriesOf(template: NumberTemplate, facts: NumberFacts): string {
  const values: Record<string, string> = {
    year: String(facts.year),
    year2: String(facts.year % 100).padStart(2, '0'),
    level: LETTERS[facts.level],
    grade: GRADES[facts.level],
  };
  return template.text.replace(PLACE, (_whole, place: string) => values[place] ?? '#'.repeat(template.width));
}

export type NumberVerdict =
  { ok: true; number: string } | { ok: false; code: 'certificate.serials-exhausted'; series: string };

/** The number with `serial` (1, 2, 3 …), or that the series has no more. */
export function writeNumber(template: NumberTemplate, facts: NumberFacts, serial: number): NumberVerdict {
  const series = seriesOf(template, facts);
  const digits = String(serial).padStart(template.width, '0');
  if (serial < 1 || digits.length > template.width)
    return { ok: false, code: 'certificate.serials-exhausted', series };
  return { ok: true, number: series.replace(/#+/, digits) };
}

/** A number as typed by a person, as it is stored: full-width forms narrowed, spaces out, capitals. */
export const readNumber = (typed: string): string => typed.normalize('NFKC').replace(/\s/g, '').toUpperCase();

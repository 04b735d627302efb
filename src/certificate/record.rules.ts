import { canonicalJson } from '../shared/canonical-json.ts';
import type { Level, Part } from '../shared/levels.ts';
import type { Text } from '../shared/text.ts';

/** The one record of a certificate. PDF, credential and verification page all come from it; its digest is signed. */
export interface CertificateRecord {
  schema: 'kaochang-certificate/1';
  /** Certificate number, never reused. */
  number: string;
  /** Ten random characters printed under the QR code: who holds the paper can look it up without typing the name. */
  checkCode: string;
  holder: {
    name: string;
    /** Identity number with all but the last four characters hidden. */
    idMasked: string;
    /** SHA-256 (hex) of the portrait as stored; missing where there is none. */
    photoDigest?: string;
  };
  occupation: Text;
  /** Occupation direction; "--" where there is none (人社鉴发〔2021〕1号). */
  direction: string;
  level: { code: Level; name: Text; grade: Text };
  exam: { code: string; title: Text; admissionNumber: string };
  /** Marks out of 100 as released, such as "86.5". */
  parts: { part: Part; mark: string }[];
  issuer: { code: string; name: Text };
  /** Day of issue in China, YYYY-MM-DD. */
  issuedOn: string;
  /** Day the results were released in China, YYYY-MM-DD. */
  releasedOn: string;
}

export const OCCUPATION: Text = { zh: '跨境电商师', en: 'Cross-border e-commerce specialist' };
/** Where an occupation has no directions. */
export const NO_DIRECTION = '--';

/** How a certificate writes each level (人社鉴发〔2021〕1号). */
export const GRADE_NAMES: Record<Level, Text> = {
  junior: { zh: '五级/初级工', en: 'Grade 5 / Junior' },
  intermediate: { zh: '四级/中级工', en: 'Grade 4 / Intermediate' },
  senior: { zh: '三级/高级工', en: 'Grade 3 / Senior' },
};

/** An identity number with all but its last four characters hidden. */
export const maskId = (idNumber: string): string =>
  '*'.repeat(Math.max(0, idNumber.length - 4)) + idNumber.slice(-4).toUpperCase();

/** A moment (ms) as the calendar day in China, YYYY-MM-DD; China keeps UTC+8 all year. */
export const chinaDay = (ms: number): string => new Date(ms + 8 * 3_600_000).toISOString().slice(0, 10);

/** The text that a record's digest is taken over. */
export const recordText = (record: CertificateRecord): string => canonicalJson(record);

/** A name as compared: width, spaces and the forms of the middle dot do not count. */
export const comparableName = (name: string): string =>
  name
    .normalize('NFKC')
    .replace(/\s/g, '')
    .replace(/[·•‧∙⋅・.]/g, '·')
    .toLowerCase();

/** A check code as typed: its easily confused letters read as Crockford does. */
export const readCheckCode = (typed: string): string =>
  typed.normalize('NFKC').replace(/[\s-]/g, '').toLowerCase().replace(/o/g, '0').replace(/[il]/g, '1');

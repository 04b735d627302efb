import { PART_NAMES } from '../../shared/levels.ts';
import type { Text } from '../../shared/text.ts';
import type { CertificateRecord } from '../record.rules.ts';
import {
  ACCENT,
  CONTENT,
  fitted,
  INK,
  line,
  LINE,
  MARGIN,
  MUTED,
  paragraphs,
  rule,
  type Sheet,
} from './sheet.ts';

/** One inch as China prints it: 25 × 35 mm. */
const PHOTO = { width: 70.87, height: 99.21 } as const;
const TOP = 226;
const FIELDS_TOP = 422;
const FIELD_HEIGHT = 44;

/** Who has passed what: the name, the sentence and the portrait. */
export function drawStatement(sheet: Sheet, record: CertificateRecord, photo: Buffer | undefined): void {
  const width = CONTENT - PHOTO.width - 34;
  line(sheet, '兹证明', MARGIN, TOP, width, { size: 11 });
  line(sheet, 'This is to certify that', MARGIN + 42, TOP + 2.4, width, { size: 8.5, colour: MUTED });
  fitted(sheet, record.holder.name, MARGIN, TOP + 19, width, { font: 'bold', size: 27, spacing: 2 }, 9);
  const texts = [
    { text: sentenceZh(record), size: 11.5, lineGap: 4.5, above: 0 },
    { text: sentenceEn(record), size: 8.5, lineGap: 2, above: 6, colour: MUTED },
  ];
  paragraphs(sheet, texts, MARGIN, TOP + 68, width, FIELDS_TOP - TOP - 68 - 14);
  drawPhoto(sheet, photo);
}

function sentenceZh({ parts, exam, level }: CertificateRecord): string {
  const names = parts.map(({ part }) => PART_NAMES[part].zh).join('、');
  return `参加${exam.title.zh}，${names}成绩全部合格，达到${level.name.zh}（${level.grade.zh}）要求，特发此证。`;
}

function sentenceEn({ parts, exam, level }: CertificateRecord): string {
  const names = parts.map(({ part }) => PART_NAMES[part].en.toLowerCase());
  const list =
    names.length < 2 ? names.join('') : `${names.slice(0, -1).join(', ')} and ${names.at(-1) ?? ''}`;
  return `has passed the ${list} of ${exam.title.en} and meets the requirements of: ${level.name.en} (${level.grade.en}).`;
}

function drawPhoto(sheet: Sheet, photo: Buffer | undefined): void {
  const { doc } = sheet;
  const x = MARGIN + CONTENT - PHOTO.width;
  const y = TOP + 2;
  if (photo === undefined) {
    line(sheet, '无照片 No photo', x, y + PHOTO.height / 2 - 6, PHOTO.width, {
      size: 7,
      colour: MUTED,
      align: 'center',
    });
  } else {
    const box: [number, number] = [PHOTO.width, PHOTO.height];
    doc
      .save()
      .rect(x, y, ...box)
      .clip();
    doc.image(photo, x, y, { cover: box, align: 'center', valign: 'center' });
    doc.restore();
  }
  doc.rect(x, y, PHOTO.width, PHOTO.height).lineWidth(0.5).strokeColor(LINE).stroke();
}

/** The fields, two to a row, and the marks. */
export function drawFields(sheet: Sheet, record: CertificateRecord): void {
  const { level, occupation, direction } = record;
  const fields: [label: Text, value: string, note?: string][] = [
    [{ zh: '证书编号', en: 'Certificate number' }, record.number],
    [{ zh: '证件号码', en: 'ID number' }, record.holder.idMasked],
    [{ zh: '职业名称', en: 'Occupation' }, occupation.zh, occupation.en],
    [{ zh: '职业方向', en: 'Direction' }, direction],
    [{ zh: '技能等级', en: 'Skill level' }, level.grade.zh, level.grade.en],
    [{ zh: '准考证号', en: 'Admission number' }, record.exam.admissionNumber],
  ];
  fields.forEach(([label, value, note], place) => {
    drawField(sheet, place, label, value, note);
  });
  drawMarks(sheet, record.parts, FIELDS_TOP + 3 * FIELD_HEIGHT + 12);
}

function drawField(sheet: Sheet, place: number, label: Text, value: string, note: string | undefined): void {
  const column = (CONTENT - 24) / 2;
  const x = MARGIN + (place % 2) * (column + 24);
  const y = FIELDS_TOP + Math.floor(place / 2) * FIELD_HEIGHT;
  rule(sheet, x, x + column, y);
  drawLabel(sheet, label, x, y + 7, column);
  fitted(sheet, value, x, y + 19, column, { size: 12.5, colour: INK });
  if (note === undefined) return;
  const { doc } = sheet;
  const left = x + doc.widthOfString(value) + 8;
  fitted(sheet, note, left, y + 24, x + column - left, { size: 7.5, colour: MUTED }, 4);
}

function drawLabel(sheet: Sheet, label: Text, x: number, y: number, width: number): void {
  line(sheet, label.zh, x, y, width, { size: 8, colour: ACCENT });
  line(sheet, label.en, x + sheet.doc.widthOfString(label.zh) + 5, y + 0.9, width, {
    size: 7,
    colour: MUTED,
  });
}

function drawMarks(sheet: Sheet, parts: CertificateRecord['parts'], y: number): void {
  rule(sheet, MARGIN, MARGIN + CONTENT, y, ACCENT, 0.8);
  const column = CONTENT / Math.max(1, parts.length);
  parts.forEach(({ part, mark }, place) => {
    const x = MARGIN + place * column;
    line(sheet, PART_NAMES[part].zh, x, y + 10, column, { size: 9, align: 'center' });
    line(sheet, PART_NAMES[part].en, x, y + 22, column, { size: 7, colour: MUTED, align: 'center' });
    line(sheet, mark, x, y + 30, column, { font: 'bold', size: 19, colour: ACCENT, align: 'center' });
  });
  rule(sheet, MARGIN, MARGIN + CONTENT, y + 64, ACCENT, 0.8);
}

import type { CertificateRecord } from '../record.rules.ts';
import { drawQr } from './qr.ts';
import { drawSeal, SEAL_RADIUS } from './seal.ts';
import { ACCENT, fitted, line, MARGIN, MUTED, PAGE, type Sheet } from './sheet.ts';

const QR = { x: MARGIN, y: 672, size: 88 } as const;
const ISSUER = { x: 318, width: PAGE.width - MARGIN - 318, y: 690 } as const;
const SEAL_CENTRE = { x: ISSUER.x + ISSUER.width / 2 + 40, y: ISSUER.y + 24 } as const;

/** Where the seal is, for the signature that one clicks there. */
export const SEAL_BOX = {
  x: SEAL_CENTRE.x - SEAL_RADIUS,
  y: SEAL_CENTRE.y - SEAL_RADIUS,
  width: 2 * SEAL_RADIUS,
  height: 2 * SEAL_RADIUS,
} as const;

/** How to verify on the left; who issued it, when, and the seal on the right. */
export function drawFoot(sheet: Sheet, record: CertificateRecord, publicUrl: string): void {
  drawQr(sheet, verifyAddress(record, publicUrl), QR.x, QR.y, QR.size);
  const x = QR.x + QR.size + 14;
  const width = ISSUER.x - x - 12;
  line(sheet, '扫码查验', x, QR.y + 2, width, { font: 'bold', size: 10, colour: ACCENT });
  line(sheet, 'Scan to verify', x, QR.y + 17, width, { size: 7.5, colour: MUTED });
  line(sheet, '或访问 or visit', x, QR.y + 38, width, { size: 7, colour: MUTED });
  fitted(sheet, `${publicUrl.replace(/^https?:\/\//, '')}/verify`, x, QR.y + 47, width, { size: 8.5 });
  line(sheet, '校验码 Check code', x, QR.y + 65, width, { size: 7, colour: MUTED });
  line(sheet, record.checkCode, x, QR.y + 74, width, { size: 9.5, spacing: 1 });
  drawIssuer(sheet, record);
}

function drawIssuer(sheet: Sheet, { issuer, issuedOn }: CertificateRecord): void {
  const { x, y, width } = ISSUER;
  const style = { align: 'center' } as const;
  // The seal first: what it is pressed on stays readable.
  drawSeal(sheet, issuer.name.zh, SEAL_CENTRE.x, SEAL_CENTRE.y);
  fitted(sheet, issuer.name.zh, x, y, width, { ...style, font: 'bold', size: 12.5 });
  fitted(sheet, issuer.name.en, x, y + 18, width, { ...style, size: 7.5, colour: MUTED }, 4.5);
  line(sheet, chineseDate(issuedOn), x, y + 34, width, { ...style, size: 11.5 });
}

/** The address in the QR code: number and check code, so that nothing needs typing. */
const verifyAddress = ({ number, checkCode }: CertificateRecord, publicUrl: string): string =>
  `${publicUrl}/verify?n=${number}&c=${checkCode}`;

function chineseDate(day: string): string {
  const [year, month, date] = day.split('-').map(Number);
  return `${year}年${month}月${date}日`;
}

import QRCode from 'qrcode';
import { INK, type Sheet } from './sheet.ts';

/** Draws a QR code `size` points wide as one filled path; sharp at any size. */
export function drawQr({ doc }: Sheet, text: string, x: number, y: number, size: number): void {
  const { modules } = QRCode.create(text, { errorCorrectionLevel: 'M' });
  const step = size / modules.size;
  for (let row = 0; row < modules.size; row += 1) {
    for (let column = 0; column < modules.size;) {
      let run = 0;
      while (column + run < modules.size && modules.get(row, column + run)) run += 1;
      if (run > 0) doc.rect(x + column * step, y + row * step, run * step, step);
      column += Math.max(1, run);
    }
  }
  doc.fillColor(INK).fill();
}

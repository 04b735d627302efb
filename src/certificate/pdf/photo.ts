import { PNG } from 'pngjs';
import { AppError } from '../../shared/errors/index.ts';

/** Largest side of a portrait, pixels; more is a mistake or a bomb. */
const MAX_SIDE = 3000;

const unusable = (problem: string): AppError =>
  new AppError('certificate.unusable-photo', { field: '/photo', params: { problem } });

/**
 * A portrait as PDF/A-1 takes it: JPEG in RGB or grey as it is; PNG as 8-bit RGB on white, since transparency is forbidden.
 * @throws AppError certificate.unusable-photo
 */
export function printablePhoto(photo: Buffer): Buffer {
  if (photo.length > 24 && photo.readUInt32BE(0) === 0x89504e47) return opaquePng(photo);
  if (photo.length > 4 && photo.readUInt16BE(0) === 0xffd8) return checkJpeg(photo);
  throw unusable('PNG / JPEG');
}

function opaquePng(photo: Buffer): Buffer {
  checkSize(photo.readUInt32BE(16), photo.readUInt32BE(20));
  let image: PNG;
  try {
    image = PNG.sync.read(photo);
  } catch {
    throw unusable('PNG');
  }
  const { depth, alpha, interlace } = image as PNG & { depth: number; alpha: boolean; interlace: boolean };
  if (!alpha && depth <= 8 && !interlace && !photo.includes('tRNS')) return photo;
  const { width, height, data } = image;
  return PNG.sync.write(Object.assign(new PNG({ width, height }), { data }), {
    colorType: 2,
    bgColor: { red: 255, green: 255, blue: 255 },
    // One filter for all rows: trying each costs more than the whole page.
    filterType: 4,
  });
}

/** Walks the markers to the frame header, which tells size and number of colour components. */
function checkJpeg(photo: Buffer): Buffer {
  let at = 2;
  while (at + 9 < photo.length) {
    if (photo[at] !== 0xff) break;
    const marker = photo[at + 1] ?? 0;
    const isFrame = marker >= 0xc0 && marker <= 0xcf && ![0xc4, 0xc8, 0xcc].includes(marker);
    if (isFrame) {
      checkSize(photo.readUInt16BE(at + 7), photo.readUInt16BE(at + 5));
      if (photo[at + 9] === 4) throw unusable('CMYK');
      return photo;
    }
    at += 2 + photo.readUInt16BE(at + 2);
  }
  throw unusable('JPEG');
}

function checkSize(width: number, height: number): void {
  if (width < 1 || height < 1 || width > MAX_SIDE || height > MAX_SIDE)
    throw unusable(`${width} × ${height}`);
}

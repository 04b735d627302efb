import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { PNG } from 'pngjs';
import {
  authorityPem,
  ensureKeys,
  openSigner,
  readChain,
  type Signer,
} from '../../src/certificate/keys/keys.ts';
import { drawCertificate, type CertificateJob } from '../../src/certificate/pdf/certificate-pdf.ts';
import { openFonts } from '../../src/certificate/pdf/fonts.ts';
import {
  GRADE_NAMES,
  NO_DIRECTION,
  OCCUPATION,
  type CertificateRecord,
} from '../../src/certificate/record.rules.ts';
import { signPdf } from '../../src/certificate/signature/pades.ts';
import { LEVEL_NAMES } from '../../src/shared/levels.ts';

/** A moment in November 2026, ms. */
export const AT = Date.UTC(2026, 10, 24, 2, 0, 0);

export function sampleRecord(name = '欧阳晓明'): CertificateRecord {
  return {
    schema: 'kaochang-certificate/1',
    number: 'KCS2026000001',
    checkCode: '7k2m9q4x8r',
    holder: { name, idMasked: '**************123X' },
    occupation: OCCUPATION,
    direction: NO_DIRECTION,
    level: { code: 'senior', name: LEVEL_NAMES.senior, grade: GRADE_NAMES.senior },
    exam: {
      code: '2026-11-S',
      title: { zh: '2026年11月高级跨境电商师考核', en: 'Senior examination, November 2026' },
      admissionNumber: 'S2611000012',
    },
    parts: [
      { part: 'theory', mark: '86.5' },
      { part: 'skill', mark: '91.0' },
      { part: 'review', mark: '78.3' },
    ],
    issuer: {
      code: 'HZ',
      name: { zh: '杭州跨境电商职业技能评价中心', en: 'Hangzhou Centre for Skills Assessment' },
    },
    issuedOn: '2026-11-24',
    releasedOn: '2026-11-23',
  };
}

/** A portrait-shaped picture with a shaded disc; see-through around it when `alpha`. */
export function samplePhoto(alpha: boolean): Buffer {
  const [width, height] = [100, 140];
  const png = new PNG({ width, height });
  for (let y = 0; y < height; y += 1) {
    for (let x = 0; x < width; x += 1) {
      const inside = (x - 50) ** 2 + (y - 70) ** 2 < 1600;
      png.data.set(inside ? [200, y, 120, 255] : [255, 255, 255, alpha ? 0 : 255], (y * width + x) * 4);
    }
  }
  return PNG.sync.write(png, { colorType: alpha ? 6 : 2 });
}

/** Fresh keys in a temporary folder. */
export interface Desk {
  dataDir: string;
  signer: Signer;
  caPem: string;
  draw(job?: Partial<CertificateJob>): Promise<Buffer>;
  sign(job?: Partial<CertificateJob>): Promise<Buffer>;
  close(): void;
}

export async function openDesk(now = AT): Promise<Desk> {
  const dataDir = mkdtempSync(join(tmpdir(), 'kaochang-cert-'));
  const settings = { dataDir, passphrase: 'a passphrase of a test' };
  await ensureKeys(settings, now);
  const signer = await openSigner(settings);
  const draw = async (job: Partial<CertificateJob> = {}): Promise<Buffer> =>
    drawCertificate(await openFonts(), {
      record: sampleRecord(),
      publicUrl: 'https://exam.example',
      at: AT,
      ...job,
    });
  return {
    dataDir,
    signer,
    caPem: await authorityPem(dataDir),
    draw,
    sign: async (job) => signPdf(await draw(job), signer),
    close() {
      rmSync(dataDir, { recursive: true });
    },
  };
}

/** The certificates in a PEM text. */
export const authoritiesOf = (desk: Desk) => readChain(desk.caPem);

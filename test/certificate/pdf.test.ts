import { spawnSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'chai';
import { PNG } from 'pngjs';
import QRCode from 'qrcode';
import { readReason, recordDigest } from '../../src/certificate/pdf/certificate-pdf.ts';
import { printablePhoto } from '../../src/certificate/pdf/photo.ts';
import { AppError } from '../../src/shared/errors/index.ts';
import { AT, openDesk, samplePhoto, sampleRecord, type Desk } from './sample.ts';

function problemOf(photo: Buffer): unknown {
  try {
    printablePhoto(photo);
    return 'taken';
  } catch (error) {
    return error instanceof AppError && error.code === 'certificate.unusable-photo'
      ? error.details.params?.['problem']
      : error;
  }
}

describe('certificate: the sheet', () => {
  let desk: Desk;
  before(async () => {
    desk = await openDesk();
  });
  after(() => {
    desk.close();
  });

  it('is PDF 1.4 with PDF/A-1b metadata, an output intent, embedded fonts and no transparency', async () => {
    const text = (await desk.draw({ photo: samplePhoto(true) })).toString('latin1');
    expect(text.startsWith('%PDF-1.4')).to.equal(true);
    expect(text).to.match(/<pdfaid:part>1<\/pdfaid:part>\s*<pdfaid:conformance>B</);
    expect(text).to.contain('/GTS_PDFA1');
    expect(text.match(/\/FontFile2 /g)).to.have.length(2);
    expect(text).not.to.match(/\/SMask|\/CA |\/ca |Helvetica/);
    expect(text).to.contain('/MediaBox [0 0 595.28 841.89]');
  });

  it('stays under 64 KiB without a photo, and is the same for the same record, time and photo', async () => {
    const [first, second] = [await desk.draw(), await desk.draw()];
    expect(first.length).to.be.below(64 * 1024);
    expect(first.equals(second)).to.equal(true);
  });

  it('takes a name of 60 characters, a long title, one part or none', async () => {
    const record = sampleRecord('阿'.repeat(60));
    const long = { zh: '考'.repeat(200), en: 'examination '.repeat(60) };
    for (const parts of [record.parts.slice(0, 1), []]) {
      const pdf = await desk.draw({ record: { ...record, parts, exam: { ...record.exam, title: long } } });
      expect(pdf.toString('latin1').match(/\/Type \/Page\b[^s]/g)).to.have.length(1);
    }
  });

  it('refuses what it cannot draw, wherever it stands', async () => {
    const record = sampleRecord('王\u{2a6d6}');
    const error = await desk.draw({ record }).then(
      () => undefined,
      (e: unknown) => e,
    );
    expect(error).to.be.instanceOf(AppError).and.to.include({ code: 'certificate.undrawable-name' });
  });

  it('names its record in the signature, and reads that back', () => {
    const record = sampleRecord();
    const reason = `Certificate KCS2026000001 record sha256:${recordDigest(record)}`;
    expect(readReason(reason)).to.deep.equal({ number: 'KCS2026000001', recordDigest: recordDigest(record) });
    expect(readReason('I approve this document')).to.equal(undefined);
    expect(recordDigest({ ...record, issuedOn: '2026-11-25' })).not.to.equal(recordDigest(record));
  });

  it('shows the QR code of its address, and the fields as text, to other programs', async function () {
    if (spawnSync('pdftoppm', ['-v']).error !== undefined) {
      process.stderr.write('    pdftoppm is missing: install poppler-utils to run this check too\n');
      this.skip();
    }
    const path = join(desk.dataDir, 'sheet');
    writeFileSync(`${path}.pdf`, await desk.draw());
    spawnSync('pdftoppm', ['-png', '-singlefile', '-r', '216', `${path}.pdf`, path]);
    const page = PNG.sync.read(readFileSync(`${path}.png`));
    const { modules } = QRCode.create('https://exam.example/verify?n=KCS2026000001&c=7k2m9q4x8r', {
      errorCorrectionLevel: 'M',
    });
    // Three pixels a point; the code is 88 points wide at (78, 672).
    const dark = (row: number, column: number): boolean => {
      const at = (place: number, origin: number): number =>
        Math.round(3 * (origin + ((place + 0.5) * 88) / modules.size));
      return (page.data[(at(row, 672) * page.width + at(column, 78)) * 4] ?? 255) < 128;
    };
    for (let row = 0; row < modules.size; row += 1) {
      for (let column = 0; column < modules.size; column += 1) {
        expect(dark(row, column), `${row}, ${column}`).to.equal(modules.get(row, column) === 1);
      }
    }
    const { stdout } = spawnSync('pdftotext', ['-layout', `${path}.pdf`, '-'], { encoding: 'utf8' });
    for (const text of [
      '欧阳晓明',
      'KCS2026000001',
      '三级/高级工',
      '跨境电商师',
      '--',
      '86.5',
      '91.0',
      '78.3',
      '2026年11月24日',
    ]) {
      expect(stdout).to.contain(text);
    }
  });

  it('says the time of signing given to it', async () => {
    expect((await desk.draw()).toString('latin1')).to.contain('/M (D:20261124020000Z)');
    expect(new Date(AT).toISOString()).to.equal('2026-11-24T02:00:00.000Z');
  });
});

describe('certificate: photos', () => {
  it('lays a see-through PNG on white, and leaves an opaque one as it is', () => {
    const opaque = samplePhoto(false);
    expect(printablePhoto(opaque)).to.equal(opaque);
    const flat = PNG.sync.read(printablePhoto(samplePhoto(true)));
    expect([...flat.data.subarray(0, 4)]).to.deep.equal([255, 255, 255, 255]);
    expect(flat).to.include({ width: 100, height: 140, alpha: false });
  });

  /** A JPEG as far as its frame header. */
  const jpeg = (width: number, height: number, components: number): Buffer =>
    Buffer.from([
      0xff,
      0xd8,
      0xff,
      0xe0,
      0,
      4,
      0,
      0,
      0xff,
      0xc0,
      0,
      17,
      8,
      height >> 8,
      height & 255,
      width >> 8,
      width & 255,
      components,
      0,
    ]);
  it('takes an RGB JPEG by its frame header', () => {
    expect(problemOf(jpeg(295, 413, 3))).to.equal('taken');
    expect(problemOf(jpeg(295, 413, 1))).to.equal('taken');
  });

  const png = samplePhoto(false);
  const bomb = Buffer.from(png);
  bomb.writeUInt32BE(60_000, 16);
  for (const [title, photo, problem] of [
    ['a CMYK JPEG', jpeg(295, 413, 4), 'CMYK'],
    ['a JPEG of 5,000 points', jpeg(5000, 413, 3), '5000 × 413'],
    [
      'a JPEG without a frame',
      Buffer.from([0xff, 0xd8, 0xff, 0xe0, 0, 4, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0]),
      'JPEG',
    ],
    ['a PNG that claims to be huge', bomb, '60000 × 140'],
    ['a PNG cut short', png.subarray(0, png.length - 60), 'PNG'],
    ['something else', Buffer.from('GIF89a, or so it says'), 'PNG / JPEG'],
    ['nothing', Buffer.alloc(0), 'PNG / JPEG'],
  ] as const) {
    it(`refuses ${title}`, () => {
      expect(problemOf(photo)).to.equal(problem);
    });
  }
});

import { spawnSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'chai';
import { signPdf } from '../../src/certificate/signature/pades.ts';
import { verifyPdf } from '../../src/certificate/signature/verify-pdf.ts';
import { seeded } from '../../src/shared/seeded.ts';
import { authoritiesOf, openDesk, samplePhoto, type Desk } from './sample.ts';

/** Whether a program is there; a missing one is named, so that it can be installed. */
function has(program: string, packageName: string): boolean {
  const there = spawnSync(program, ['-v']).error === undefined;
  if (!there)
    process.stderr.write(`    ${program} is missing: install ${packageName} to run this check too\n`);
  return there;
}

describe('certificate: signature', () => {
  let desk: Desk;
  let pdf: Buffer;
  const check = (bytes: Buffer) => verifyPdf(bytes, authoritiesOf(desk));
  const codeOf = (bytes: Buffer): string => check(bytes).signature;
  const accepted = (bytes: Buffer): boolean => {
    const { signature, issuer } = check(bytes);
    return signature === 'signature.valid' && issuer === 'known';
  };
  /** Start and end of the signature's hexadecimal text, brackets included. */
  const place = (): [number, number] => {
    const [, start = '', end = ''] = /\/ByteRange \[0 (\d+) (\d+)/.exec(pdf.toString('latin1')) ?? [];
    return [Number(start), Number(end)];
  };
  before(async () => {
    desk = await openDesk();
    pdf = await desk.sign({ photo: samplePhoto(false) });
  });
  after(() => {
    desk.close();
  });

  it('is valid, by a known issuer, and names the certificate', () => {
    const found = check(pdf);
    expect(found).to.include({ signature: 'signature.valid', issuer: 'known' });
    expect(found.reason).to.match(/^Certificate KCS2026000001 record sha256:[0-9a-f]{64}$/);
  });

  it('is valid and covers the whole document for pdfsig', function () {
    if (!has('pdfsig', 'poppler-utils')) this.skip();
    const path = join(desk.dataDir, 'certificate.pdf');
    writeFileSync(path, pdf);
    const { stdout } = spawnSync('pdfsig', ['-nocert', path], { encoding: 'utf8' });
    expect(stdout).to.contain('Signature is Valid').and.to.contain('Total document signed');
    expect(stdout).to.contain('ETSI.CAdES.detached').and.to.contain('考场证书签发专用');
    writeFileSync(path, Buffer.concat([pdf, Buffer.from('\n% more')]));
    expect(spawnSync('pdfsig', ['-nocert', path], { encoding: 'utf8' }).stdout).not.to.contain(
      'Total document signed',
    );
  });

  it('is valid CAdES by our authority for openssl', function () {
    if (!has('openssl', 'openssl')) this.skip();
    const [start, end] = place();
    const file = (name: string, content: Buffer | string): string => {
      const path = join(desk.dataDir, name);
      writeFileSync(path, content);
      return path;
    };
    const cms = file('signature.der', Buffer.from(pdf.toString('latin1', start + 1, end - 1), 'hex'));
    const content = file('content', Buffer.concat([pdf.subarray(0, start), pdf.subarray(end)]));
    const ca = file('ca.pem', desk.caPem);
    const verify = (signed: string) =>
      spawnSync(
        'openssl',
        [
          'cms',
          '-verify',
          '-cades',
          '-binary',
          '-inform',
          'DER',
          '-in',
          cms,
          '-content',
          signed,
          '-CAfile',
          ca,
          '-out',
          '/dev/null',
        ],
        { encoding: 'utf8' },
      );
    expect(verify(content).stderr).to.contain('CAdES Verification successful');
    expect(verify(file('other', 'something else')).status).not.to.equal(0);
  });

  it('is refused with any one of 300 bytes changed, anywhere', () => {
    const next = seeded('flipped bytes');
    for (let i = 0; i < 300; i += 1) {
      const at = Math.floor(next() * pdf.length);
      const flipped = Buffer.from(pdf);
      flipped[at] = (flipped[at] ?? 0) ^ (1 << Math.floor(next() * 8));
      expect(accepted(flipped), `byte ${at}`).to.equal(false);
    }
  });

  it('is refused with any bit of the signature value itself changed, its case and its padding too', () => {
    const [start, end] = place();
    for (let at = start; at < end; at += at < start + 4200 ? 3 : 400) {
      for (const bit of [1, 4, 32]) {
        const flipped = Buffer.from(pdf);
        flipped[at] = (flipped[at] ?? 0) ^ bit;
        const { signature, issuer } = check(flipped);
        expect(signature === 'signature.valid' && issuer === 'known', `byte ${at} bit ${bit}`).to.equal(
          false,
        );
      }
    }
  });

  const text = (): string => pdf.toString('latin1');
  const table: [string, () => Buffer, string][] = [
    ['bytes appended', () => Buffer.concat([pdf, Buffer.from('\n%%EOF\n')]), 'signature.part-only'],
    ['the end cut off', () => pdf.subarray(0, pdf.length - 10), 'signature.part-only'],
    [
      'a second signature',
      () => Buffer.from(text().replace('%%EOF', '/ByteRange [0 1 2 3]\n%%EOF'), 'latin1'),
      'signature.several',
    ],
    [
      'a signature over part, its range made to fit',
      () =>
        Buffer.from(
          text().replace(
            /\/ByteRange \[0 (\d+) (\d+) (\d+)\]/,
            (_all, a: string, b: string) => `/ByteRange [0 ${a} ${b} 99999]`,
          ),
          'latin1',
        ),
      'signature.part-only',
    ],
    ['no signature', () => Buffer.from('%PDF-1.4\nnothing\n%%EOF'), 'signature.none'],
    ['a password', () => Buffer.from('%PDF-1.4\n<< /Encrypt 5 0 R >>\n%%EOF'), 'signature.encrypted'],
    ['no PDF in it', () => samplePhoto(false), 'signature.not-a-pdf'],
    ['nothing in it', () => Buffer.alloc(0), 'signature.not-a-pdf'],
    [
      'its number changed',
      () => Buffer.from(text().replace('KCS2026000001', 'KCS2026000002'), 'latin1'),
      'signature.altered',
    ],
  ];
  for (const [title, make, code] of table) {
    it(`answers ${code} to a file with ${title}`, () => {
      expect(codeOf(make())).to.equal(code);
    });
  }

  it('tells a signature by somebody else', async () => {
    const other = await openDesk();
    const theirs = await other.sign();
    other.close();
    expect(check(theirs)).to.include({ signature: 'signature.valid', issuer: 'foreign' });
  });

  it('tells a time of signing outside the validity of the certificate', async () => {
    const late = await desk.sign({ at: Date.UTC(2040, 0, 1) });
    expect(check(late)).to.include({ signature: 'signature.valid', issuer: 'out-of-date' });
  });

  it('is not moved by a signature from another document', async () => {
    const [start, end] = place();
    const other = await desk.draw({ at: Date.UTC(2026, 10, 25) });
    const signed = await signPdf(other, desk.signer);
    const range = /\/ByteRange \[0 (\d+) (\d+)/.exec(signed.toString('latin1'));
    const grafted = Buffer.from(signed);
    pdf.copy(grafted, Number(range?.[1]), start, end);
    expect(codeOf(grafted)).to.equal('signature.altered');
  });

  it('reads 4 MB made to be slow in well under the time of a request', () => {
    const nasty = Buffer.from(`%PDF-1.4${'/Reason (/M (D:'.repeat(270_000)}`);
    expect(codeOf(nasty)).to.equal('signature.none');
  });
});

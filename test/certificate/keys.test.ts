import { createPrivateKey, type X509Certificate } from 'node:crypto';
import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'chai';
import { authorityPem, ensureKeys, openSigner, readChain } from '../../src/certificate/keys/keys.ts';
import { openKey, sealKey } from '../../src/certificate/keys/sealed-key.ts';
import { AppError } from '../../src/shared/errors/index.ts';
import { AT } from './sample.ts';

const codeOf = (work: Promise<unknown>): Promise<string> =>
  work.then(
    () => 'none',
    (error: unknown) => (error instanceof AppError ? error.code : String(error)),
  );

describe('certificate: keys', () => {
  let dataDir: string;
  const settings = () => ({ dataDir, passphrase: 'right' });
  before(async () => {
    dataDir = mkdtempSync(join(tmpdir(), 'kaochang-keys-'));
    // Five at once, as nodes that share a folder would.
    await Promise.all([1, 2, 3, 4, 5].map(() => ensureKeys(settings(), AT)));
  });
  after(() => {
    rmSync(dataDir, { recursive: true });
  });

  it('makes one folder, whole, readable by its owner alone', () => {
    expect(readdirSync(dataDir)).to.deep.equal(['certificate-keys']);
    const folder = join(dataDir, 'certificate-keys');
    expect(statSync(folder).mode & 0o777).to.equal(0o700);
    expect(readdirSync(folder).sort()).to.deep.equal([
      'ca.key.json',
      'ca.pem',
      'signer.key.json',
      'signer.pem',
    ]);
    for (const name of readdirSync(folder))
      expect(statSync(join(folder, name)).mode & 0o777, name).to.equal(0o600);
  });

  it('has an authority with a Chinese name, and a P-256 certificate under it that may sign and nothing else', async () => {
    const { certificateChainPem } = await openSigner(settings());
    const [signer, authority] = readChain(certificateChainPem) as [X509Certificate, X509Certificate];
    expect(authority.subject).to.contain('考场证书根机构');
    expect(authority.ca).to.equal(true);
    expect(signer.ca).to.equal(false);
    expect(signer.checkIssued(authority) && signer.verify(authority.publicKey)).to.equal(true);
    expect(signer.publicKey.asymmetricKeyDetails?.namedCurve).to.equal('prime256v1');
    expect(Date.parse(signer.validFrom)).to.be.below(AT);
    expect(signer.serialNumber).not.to.equal(authority.serialNumber);
  });

  it('keeps the keys it has', async () => {
    const pem = await authorityPem(dataDir);
    await ensureKeys(settings(), AT + 1);
    expect(await authorityPem(dataDir)).to.equal(pem);
  });

  it('says that keys are locked on a wrong passphrase', async () => {
    expect(await codeOf(openSigner({ dataDir, passphrase: 'wrong' }))).to.equal('certificate.keys-locked');
  });

  it('opens what it sealed, and refuses each damaged part of it', async () => {
    const secret = Buffer.from('a secret');
    const sealed = await sealKey(secret, 'p');
    expect(sealed).not.to.contain(secret.toString('base64'));
    expect((await openKey(sealed, 'p')).equals(secret)).to.equal(true);
    const parts = JSON.parse(sealed) as Record<string, string>;
    for (const part of ['salt', 'iv', 'tag', 'data']) {
      const bytes = Buffer.from(parts[part] ?? '', 'base64');
      bytes[0] = (bytes[0] ?? 0) ^ 1;
      const damaged = JSON.stringify({ ...parts, [part]: bytes.toString('base64') });
      expect(await codeOf(openKey(damaged, 'p')), part).to.equal('certificate.keys-locked');
    }
    expect(await codeOf(openKey('not json', 'p'))).to.equal('certificate.keys-locked');
  });

  it('never leaves a private key in the clear', () => {
    const text = readFileSync(join(dataDir, 'certificate-keys', 'signer.key.json'), 'utf8');
    expect(() => createPrivateKey(text)).to.throw();
    expect(text).not.to.contain('PRIVATE KEY');
    const { data } = JSON.parse(text) as { data: string };
    const bytes = Buffer.from(data, 'base64');
    expect(() => createPrivateKey({ key: bytes, format: 'der', type: 'pkcs8' })).to.throw();
  });
});

import { execFile } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs';
import { request } from 'node:https';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { checkServerIdentity, type PeerCertificate } from 'node:tls';
import { promisify } from 'node:util';
import { expect } from 'chai';
import { readConfig } from '../../src/config.ts';
import { startTestApp, type TestApp } from '../support/app.ts';

const run = promisify(execFile);
const root = resolve(import.meta.dirname, '../..');

/** The command a person runs; resolves with what it says. */
async function makeLabCertificate(dataDir: string, ...names: string[]): Promise<string> {
  const args = ['--import', 'tsx', 'scripts/make-lab-certificate.ts', '--data', dataDir, ...names];
  const { stdout } = await run(process.execPath, args, { cwd: root });
  return stdout;
}

/** Whether openssl takes the server's certificate, under this authority, for this name. */
const verifies = (folder: string, ...check: string[]): Promise<boolean> =>
  run('openssl', ['verify', '-CAfile', join(folder, 'ca.crt'), ...check, join(folder, 'server.crt')]).then(
    () => true,
    () => false,
  );

describe('platform: https in a lab', () => {
  const dataDir = mkdtempSync(join(tmpdir(), 'kaochang-tls-'));
  const folder = join(dataDir, 'tls');
  const file = (name: string): string => readFileSync(join(folder, name), 'utf8');
  let said: string;
  before(async () => {
    said = await makeLabCertificate(dataDir, '--host', 'exam.lab', '--host', '考场.lab', '--ip', '10.0.0.5');
  });
  after(() => {
    rmSync(dataDir, { recursive: true });
  });

  it('makes a certificate for the names given and for this machine, and for no other', async () => {
    for (const host of ['exam.lab', 'xn--mesz26g.lab', 'localhost'])
      expect(await verifies(folder, '-verify_hostname', host), host).to.equal(true);
    for (const address of ['10.0.0.5', '127.0.0.1', '::1'])
      expect(await verifies(folder, '-verify_ip', address), address).to.equal(true);
    expect(await verifies(folder, '-verify_hostname', 'other.lab')).to.equal(false);
    expect(await verifies(folder, '-verify_ip', '10.0.0.6')).to.equal(false);
    expect(await verifies(folder, '-purpose', 'sslclient')).to.equal(false);
  });

  it('keeps the keys from everybody but their owner', () => {
    for (const name of ['ca.key', 'server.key'])
      expect(statSync(join(folder, name)).mode & 0o777, name).to.equal(0o600);
    expect(statSync(folder).mode & 0o777).to.equal(0o700);
  });

  it('says in both languages how computers come to trust it', () => {
    expect(said).to.include('certutil -addstore -f Root ca.crt').and.to.include('组策略');
    expect(said).to.match(/SHA-256 ([0-9A-F]{2}:){31}[0-9A-F]{2}/);
  });

  it('renews under the authority it has, for the same names unless others are given', async () => {
    const [authority, before] = [file('ca.crt'), file('server.crt')];
    const again = await makeLabCertificate(dataDir);
    expect(file('ca.crt')).to.equal(authority);
    expect(file('server.crt')).not.to.equal(before);
    expect(await verifies(folder, '-verify_hostname', 'exam.lab')).to.equal(true);
    expect(await verifies(folder, '-verify_ip', '10.0.0.5')).to.equal(true);
    expect(again).to.include('无需再做任何操作');
  });

  it('refuses what is not a name, and makes nothing', async () => {
    for (const names of [
      ['--host', '10.0.0.5'],
      ['--host', 'exam lab'],
      ['--host', '*.lab'],
      ['--ip', '10.0.0'],
      ['--ip', 'exam.lab'],
      ['--hosts', 'exam.lab'],
    ]) {
      const before = file('server.crt');
      const refusal = await makeLabCertificate(dataDir, ...names).catch((error: unknown) => error);
      expect(refusal, names.join(' ')).to.be.instanceOf(Error).and.have.property('code', 1);
      expect(file('server.crt')).to.equal(before);
    }
  });

  it('does not start without the certificate it is asked to serve with', () => {
    const empty = mkdtempSync(join(tmpdir(), 'kaochang-tls-'));
    try {
      expect(() => readConfig({ dataDir: empty }, { HTTPS: '1' })).to.throw('make-lab-certificate');
      expect(() => readConfig({ dataDir: empty }, { TLS_CERT: 'server.crt' })).to.throw('TLS_KEY');
      expect(readConfig({ dataDir: empty }, {}).tls).to.equal(undefined);
    } finally {
      rmSync(empty, { recursive: true });
    }
    const { tls, publicUrl } = readConfig({ dataDir }, { HTTPS: '1' });
    expect(tls).to.deep.equal({
      certificate: join(folder, 'server.crt'),
      key: join(folder, 'server.key'),
    });
    expect(publicUrl).to.match(/^https:/);
  });

  describe('served', () => {
    let app: TestApp;
    before(async () => {
      app = await startTestApp({ tls: readConfig({ dataDir }, { HTTPS: '1' }).tls });
    });
    after(() => app.close());

    /** Asks for `/api/me` as a computer does that calls the server by this name and trusts these authorities. */
    const ask = (name: string, ca?: string): Promise<number | string> =>
      new Promise((done) => {
        const url = new URL('/api/me', app.url);
        const check = (_host: string, certificate: PeerCertificate): Error | undefined =>
          checkServerIdentity(name, certificate);
        request(
          url,
          { servername: name, checkServerIdentity: check, ...(ca === undefined ? {} : { ca }) },
          (r) => {
            r.resume();
            done(r.statusCode ?? 0);
          },
        )
          .on('error', (error: NodeJS.ErrnoException) => done(error.code ?? 'error'))
          .end();
      });

    it('answers computers that trust the authority, under the names of the certificate only', async () => {
      expect(app.url).to.match(/^https:/);
      expect(await ask('exam.lab', file('ca.crt'))).to.equal(200);
      expect(await ask('other.lab', file('ca.crt'))).to.equal('ERR_TLS_CERT_ALTNAME_INVALID');
      expect(await ask('exam.lab')).to.be.oneOf([
        'UNABLE_TO_VERIFY_LEAF_SIGNATURE',
        'UNABLE_TO_GET_ISSUER_CERT_LOCALLY',
      ]);
    });

    it('marks the session cookie Secure', async () => {
      await app.signInAs('administrator');
      const credentials = { login: 'test-administrator-1', password: 'test password' };
      const { headers } = await app.anonymous.post('/api/sign-in', credentials).expect(200);
      expect(headers['set-cookie']?.[0])
        .to.match(/; Secure/)
        .and.match(/; HttpOnly/);
    });

    it('takes sockets on the same listener', async () => {
      const staff = await app.signInAs('invigilator');
      const socket = await staff.socket();
      expect(socket.connected).to.equal(true);
    });
  });
});

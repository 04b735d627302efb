import { expect } from 'chai';
import {
  judgeCertificate,
  type CertificateCommand,
  type CertificateFacts,
} from '../../src/certificate/certificate.rules.ts';
import { chinaDay, comparableName, maskId, readCheckCode } from '../../src/certificate/record.rules.ts';
import { judgeFile, overall, type VerdictFacts } from '../../src/certificate/verdict.rules.ts';

describe('certificate: states', () => {
  const pending: CertificateFacts = { state: 'pending' };
  const issued: CertificateFacts = { state: 'issued' };
  const asked: CertificateFacts = { state: 'issued', revocationRequestedBy: 'ann' };
  const revoked: CertificateFacts = { state: 'revoked', revocationRequestedBy: 'ann' };
  const table: [CertificateFacts, CertificateCommand, string, string][] = [
    [pending, 'complete', 'system', 'issued'],
    [pending, 'request-revocation', 'ann', 'certificate.not-issued'],
    [pending, 'confirm-revocation', 'bob', 'certificate.no-revocation-request'],
    [issued, 'complete', 'system', 'certificate.already-issued'],
    [issued, 'request-revocation', 'ann', 'issued'],
    [issued, 'confirm-revocation', 'bob', 'certificate.no-revocation-request'],
    [issued, 'withdraw-revocation', 'ann', 'certificate.no-revocation-request'],
    [asked, 'request-revocation', 'bob', 'certificate.revocation-pending'],
    [asked, 'confirm-revocation', 'ann', 'certificate.same-person'],
    [asked, 'confirm-revocation', 'bob', 'revoked'],
    [asked, 'withdraw-revocation', 'ann', 'issued'],
    [revoked, 'complete', 'system', 'certificate.already-revoked'],
    [revoked, 'request-revocation', 'bob', 'certificate.already-revoked'],
    [revoked, 'confirm-revocation', 'bob', 'certificate.already-revoked'],
    [revoked, 'withdraw-revocation', 'ann', 'certificate.already-revoked'],
  ];
  for (const [facts, command, by, expected] of table) {
    it(`${facts.state}${facts === asked ? ' (asked by ann)' : ''} × ${command} by ${by} → ${expected}`, () => {
      const verdict = judgeCertificate(facts, command, by);
      expect(verdict.ok ? verdict.next : verdict.code).to.equal(expected);
    });
  }
});

describe('certificate: verdicts', () => {
  const good: VerdictFacts = { signature: 'signature.valid', issuer: 'known', entry: { sameFile: true } };
  const table: [string, VerdictFacts, string, string[]][] = [
    ['all well', good, 'good', ['signature.valid', 'issuer.known', 'status.in-force', 'record.matches']],
    [
      'revoked',
      { ...good, entry: { sameFile: true, revokedOn: '2026-11-24' } },
      'bad',
      ['signature.valid', 'issuer.known', 'status.revoked', 'record.matches'],
    ],
    [
      'foreign',
      { signature: 'signature.valid', issuer: 'foreign' },
      'bad',
      ['signature.valid', 'issuer.foreign', 'status.not-checked', 'record.not-found'],
    ],
    [
      'altered',
      { signature: 'signature.altered' },
      'bad',
      ['signature.altered', 'issuer.not-checked', 'status.not-checked', 'record.not-checked'],
    ],
    [
      'another file under the number',
      { ...good, entry: { sameFile: false } },
      'bad',
      ['signature.valid', 'issuer.known', 'status.in-force', 'record.other-file'],
    ],
    [
      'encrypted',
      { signature: 'signature.encrypted' },
      'unknown',
      ['signature.encrypted', 'issuer.not-checked', 'status.not-checked', 'record.not-checked'],
    ],
  ];
  for (const [title, facts, whole, codes] of table) {
    it(title, () => {
      const verdicts = judgeFile(facts);
      expect(Object.values(verdicts).map(({ code }) => code)).to.deep.equal(codes);
      expect(overall(verdicts)).to.equal(whole);
    });
  }
  it('names the day of a revocation in both languages', () => {
    const { status } = judgeFile({ ...good, entry: { sameFile: true, revokedOn: '2026-11-24' } });
    expect(status.zh).to.contain('2026-11-24');
    expect(status.en).to.contain('2026-11-24');
  });
});

describe('certificate: record', () => {
  it('hides all but the last four of an identity number', () => {
    expect(maskId('33010219900101123x')).to.equal('**************123X');
    expect(maskId('E12345')).to.equal('**2345');
  });
  it('counts days as China does', () => {
    expect(chinaDay(Date.UTC(2026, 10, 23, 15, 59))).to.equal('2026-11-23');
    expect(chinaDay(Date.UTC(2026, 10, 23, 16, 0))).to.equal('2026-11-24');
  });
  it('compares names without regard to width, spaces and kind of middle dot, and nothing else', () => {
    expect(comparableName('阿卜杜勒・艾 山')).to.equal(comparableName('阿卜杜勒·艾山'));
    expect(comparableName('张三')).not.to.equal(comparableName('张四'));
  });
  it('reads a check code as typed', () => {
    expect(readCheckCode(' 7K2M-9O4x IL')).to.equal('7k2m904x11');
  });
});

import { expect } from 'chai';
import fc from 'fast-check';
import {
  isNationalNumber,
  nationalTemplate,
  OWN_TEMPLATE,
  parseTemplate,
  readNumber,
  seriesOf,
  writeNumber,
  type NumberTemplate,
} from '../../src/certificate/number.rules.ts';
import { LEVELS } from '../../src/shared/levels.ts';

function template(text: string): NumberTemplate {
  const verdict = parseTemplate(text);
  if (!verdict.ok) throw new Error(verdict.problem);
  return verdict.template;
}

describe('certificate: numbers', () => {
  for (const [text, problem] of [
    ['KC{serial:6}', 'year'],
    ['KC{year}-nothing', 'character'],
    ['KC{year}{level}', 'serial'],
    ['KC{year}{serial:6}{serial:4}', 'serial'],
    ['KC{year}{serial:3}', 'place'],
    ['KC{year}{serial:6}{name}', 'place'],
    ['证{year}{serial:6}', 'character'],
    ['{year', 'length'],
  ] as const) {
    it(`refuses ${text}: ${problem}`, () => {
      expect(parseTemplate(text)).to.deep.equal({ ok: false, code: 'certificate.bad-template', problem });
    });
  }

  for (const [text, level, serial, number] of [
    [OWN_TEMPLATE, 'senior', 1, 'KCS2026000001'],
    [OWN_TEMPLATE, 'intermediate', 42, 'KCI2026000042'],
    ['AB-{year2}-{grade}-{serial:4}', 'junior', 9999, 'AB-26-5-9999'],
    ['{serial:6}{year}{level}', 'junior', 7, '0000072026J'],
  ] as const) {
    it(`writes ${number} by ${text}`, () => {
      expect(writeNumber(template(text), { year: 2026, level }, serial)).to.deep.equal({ ok: true, number });
    });
  }

  it('writes the 22-character national scheme and knows it again', () => {
    const verdict = nationalTemplate({ kind: 'S', body: '0044', province: '33', site: '000012' });
    if (!verdict.ok) throw new Error(verdict.problem);
    const written = writeNumber(verdict.template, { year: 2026, level: 'senior' }, 1);
    expect(written).to.deep.equal({ ok: true, number: 'S004433000012263000001' });
    expect(isNationalNumber('S004433000012263000001')).to.equal(true);
    expect(isNationalNumber('KCS2026000001')).to.equal(false);
    expect(nationalTemplate({ kind: 'S', body: '44', province: '33', site: '000012' })).to.include({
      ok: false,
      problem: 'national',
    });
  });

  it('says so when a series is used up, and starts at 1', () => {
    const four = template('KC{year}{serial:4}');
    expect(writeNumber(four, { year: 2026, level: 'junior' }, 9999).ok).to.equal(true);
    for (const serial of [0, 10_000]) {
      expect(writeNumber(four, { year: 2026, level: 'junior' }, serial)).to.deep.equal({
        ok: false,
        code: 'certificate.serials-exhausted',
        series: 'KC2026####',
      });
    }
  });

  it('never gives two serials, levels or years of a series the same number', () => {
    const facts = fc.record({
      year: fc.integer({ min: 2020, max: 2099 }),
      level: fc.constantFrom(...LEVELS),
    });
    const serial = fc.integer({ min: 1, max: 999_999 });
    fc.assert(
      fc.property(facts, facts, serial, serial, (a, b, m, n) => {
        const own = template(OWN_TEMPLATE);
        const same = seriesOf(own, a) === seriesOf(own, b) && m === n;
        const [first, second] = [writeNumber(own, a, m), writeNumber(own, b, n)];
        return first.ok && second.ok && (first.number === second.number) === same;
      }),
    );
  });

  it('reads a number as people type it', () => {
    expect(readNumber(' kcs２０２６ 000001 ')).to.equal('KCS2026000001');
  });
});

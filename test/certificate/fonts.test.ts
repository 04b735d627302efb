import { readFileSync } from 'node:fs';
import { expect } from 'chai';
import { assertDrawable, missingCharacters, openFonts, type Fonts } from '../../src/certificate/pdf/fonts.ts';
import { AppError } from '../../src/shared/errors/index.ts';

describe('certificate: characters', () => {
  let fonts: Fonts;
  before(async () => {
    fonts = await openFonts();
  });

  it('draws all 8,105 standard characters in both weights', () => {
    const table = readFileSync(new URL('../fixtures/tgb8105.txt', import.meta.url), 'utf8').trim();
    expect(new Set(table).size).to.equal(8105);
    expect(missingCharacters(fonts, table)).to.deep.equal([]);
  });

  it('draws Latin, figures and the dots of names', () => {
    expect(missingCharacters(fonts, 'Alim·Ábdülla (2026) — “阿里木·阿卜杜拉” ・•')).to.deep.equal([]);
  });

  for (const [title, name, missing] of [
    ['a rare character', '王\u{2a6d6}', '\u{2a6d6} (U+2A6D6)'],
    ['a private-use character', '李\ue000', '\ue000 (U+E000)'],
    ['an emoji', '张😀', '😀 (U+1F600)'],
    ['a line break', '赵\n钱', '\n (U+000A)'],
  ] as const) {
    it(`refuses ${title} and names it`, () => {
      try {
        assertDrawable(fonts, name);
        expect.fail('it was taken');
      } catch (error) {
        if (!(error instanceof AppError)) throw error;
        expect(error.code).to.equal('certificate.undrawable-name');
        expect(error.details.params?.['characters']).to.equal(missing);
      }
    });
  }
});

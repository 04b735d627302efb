import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { create, type Font } from 'fontkit';
import { AppError } from '../../shared/errors/index.ts';

/** The two weights a certificate is set in: Noto Serif SC, TTF, which has all 8,105 standard characters. */
export interface Fonts {
  regular: Font;
  bold: Font;
}

const FILES = {
  regular: '@expo-google-fonts/noto-serif-sc/400Regular/NotoSerifSC_400Regular.ttf',
  bold: '@expo-google-fonts/noto-serif-sc/700Bold/NotoSerifSC_700Bold.ttf',
} as const;

let fonts: Promise<Fonts> | undefined;

/** Opens the fonts, once a thread: parsing them takes longer than drawing a certificate. */
export function openFonts(): Promise<Fonts> {
  fonts ??= Promise.all([openFont(FILES.regular), openFont(FILES.bold)]).then(([regular, bold]) => ({
    regular,
    bold,
  }));
  return fonts;
}

async function openFont(name: string): Promise<Font> {
  const font = create(await readFile(createRequire(import.meta.url).resolve(name)));
  if (!('layout' in font)) throw new Error(`${name} is a collection of fonts.`);
  return font;
}

/** The characters of a text that a weight lacks, each once. They would be drawn as empty boxes, without a word. */
export function missingCharacters({ regular, bold }: Fonts, text: string): string[] {
  const lacks = (character: string): boolean => {
    const code = character.codePointAt(0) ?? 0;
    // Control characters and the private use areas have no standard form, whatever a font maps them to.
    if (/[\p{Cc}\p{Cs}\p{Co}\p{Cn}]/u.test(character)) return true;
    return !regular.hasGlyphForCodePoint(code) || !bold.hasGlyphForCodePoint(code);
  };
  return [...new Set(text)].filter(lacks);
}

/** @throws AppError certificate.undrawable-name when a name has characters that the certificate cannot show */
export function assertDrawable(fonts: Fonts, name: string): void {
  const characters = missingCharacters(fonts, name);
  if (characters.length === 0) return;
  const shown = characters.map(
    (c) => `${c} (U+${(c.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0')})`,
  );
  throw new AppError('certificate.undrawable-name', {
    field: '/name',
    params: { characters: shown.join(' ') },
  });
}

import type PDFDocument from 'pdfkit';
import type { Fonts } from './fonts.ts';

export type Doc = InstanceType<typeof PDFDocument>;

/** The sheet being drawn, its fonts named. All measures are points from the top left of an A4 page. */
export interface Sheet {
  doc: Doc;
}

/** Names the weights to a document. Set by name, each is embedded once and found without comparing tables. */
export function nameFonts(doc: Doc, fonts: Fonts): void {
  for (const [name, font] of Object.entries(fonts) as [Weight, Fonts[Weight]][]) {
    // pdfkit takes a parsed font, where its types know only files and bytes.
    doc.registerFont(name, font as unknown as Buffer);
  }
}
type Weight = keyof Fonts;

export const PAGE = { width: 595.28, height: 841.89 } as const;
/** Space on the left and right of what is written. */
export const MARGIN = 78;
export const CONTENT = PAGE.width - 2 * MARGIN;

export const INK = '#1c2430';
export const MUTED = '#5b6675';
export const LINE = '#d9dee6';
export const ACCENT = '#0b6e75';
export const SEAL = '#b3261e';

/** How a line of text is set. */
export interface Style {
  font?: Weight;
  size: number;
  colour?: string;
  /** Extra space between letters, points. */
  spacing?: number;
  align?: 'left' | 'center' | 'right';
}

/** Sets one line in a box `width` wide; it is never wrapped and never starts a page. */
export function line({ doc }: Sheet, text: string, x: number, y: number, width: number, style: Style): void {
  const { font = 'regular', size, colour = INK, spacing = 0, align = 'left' } = style;
  doc.font(font).fontSize(size).fillColor(colour);
  const own = doc.widthOfString(text, { characterSpacing: spacing });
  const offset = align === 'left' ? 0 : align === 'center' ? (width - own) / 2 : width - own;
  doc.text(text, x + offset, y, { lineBreak: false, characterSpacing: spacing });
}

/** Sets one line, smaller where it would not fit, down to `least` points. Gives the size used. */
export function fitted(
  sheet: Sheet,
  text: string,
  x: number,
  y: number,
  width: number,
  style: Style,
  least = 6,
): number {
  const { doc } = sheet;
  doc.font(style.font ?? 'regular').fontSize(style.size);
  const own = doc.widthOfString(text, { characterSpacing: style.spacing ?? 0 });
  const size = own <= width ? style.size : Math.max(least, (style.size * width) / own);
  // Keeps the base line where the full size would have it.
  line(sheet, text, x, y + (style.size - size) * 0.8, width, { ...style, size });
  return size;
}

/** One paragraph of several set below each other. */
export interface Paragraph extends Style {
  text: string;
  lineGap: number;
  /** Space above it, points. */
  above: number;
}

/** Sets paragraphs from `y` down, all smaller where they would be higher than `height` together. */
export function paragraphs(
  sheet: Sheet,
  texts: readonly Paragraph[],
  x: number,
  y: number,
  width: number,
  height: number,
): void {
  const { doc } = sheet;
  const prepare = ({ font = 'regular', size, colour = INK }: Paragraph, scale: number): Doc =>
    doc
      .font(font)
      .fontSize(size * scale)
      .fillColor(colour);
  const heightAt = (scale: number): number =>
    texts.reduce(
      (sum, p) =>
        sum + p.above + prepare(p, scale).heightOfString(p.text, { width, lineGap: p.lineGap * scale }),
      0,
    );
  let scale = 1;
  while (scale > 0.4 && heightAt(scale) > height) scale -= 0.05;
  let top = y;
  for (const p of texts) {
    prepare(p, scale).text(p.text, x, top + p.above, { width, lineGap: p.lineGap * scale });
    top = doc.y;
  }
}

/** A thin straight line. */
export function rule({ doc }: Sheet, x1: number, x2: number, y: number, colour = LINE, width = 0.5): void {
  doc.moveTo(x1, y).lineTo(x2, y).lineWidth(width).strokeColor(colour).stroke();
}

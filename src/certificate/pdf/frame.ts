import { ACCENT, line, PAGE, rule, type Sheet } from './sheet.ts';

const OUTER = 22;
const INNER = 28;
/** Radius of the scooped corners of the inner line. */
const SCOOP = 12;

/** The double border and the title. */
export function drawFrame(sheet: Sheet): void {
  const { doc } = sheet;
  doc
    .rect(OUTER, OUTER, PAGE.width - 2 * OUTER, PAGE.height - 2 * OUTER)
    .lineWidth(1.4)
    .strokeColor(ACCENT)
    .stroke();
  drawInnerLine(sheet);
  const all = { align: 'center' } as const;
  line(sheet, '职业技能证书', 0, 92, PAGE.width, { ...all, font: 'bold', size: 36, spacing: 9 });
  line(sheet, 'CERTIFICATE OF VOCATIONAL SKILL', 0, 152, PAGE.width, {
    ...all,
    size: 10.5,
    spacing: 2.6,
    colour: ACCENT,
  });
  drawOrnament(sheet, 186);
}

function drawInnerLine({ doc }: Sheet): void {
  const [left, top, right, bottom] = [INNER, INNER, PAGE.width - INNER, PAGE.height - INNER];
  // Quarter circles bent inwards, as cubic curves.
  const k = SCOOP * 0.4477;
  doc
    .moveTo(left + SCOOP, top)
    .lineTo(right - SCOOP, top)
    .bezierCurveTo(right - SCOOP, top + SCOOP - k, right - k, top + SCOOP, right, top + SCOOP)
    .lineTo(right, bottom - SCOOP)
    .bezierCurveTo(right - k, bottom - SCOOP, right - SCOOP, bottom - k, right - SCOOP, bottom)
    .lineTo(left + SCOOP, bottom)
    .bezierCurveTo(left + SCOOP, bottom - k, left + k, bottom - SCOOP, left, bottom - SCOOP)
    .lineTo(left, top + SCOOP)
    .bezierCurveTo(left + k, top + SCOOP, left + SCOOP, top + k, left + SCOOP, top)
    .lineWidth(0.5)
    .strokeColor(ACCENT)
    .stroke();
}

/** A rule broken by a small lozenge. */
function drawOrnament(sheet: Sheet, y: number): void {
  const middle = PAGE.width / 2;
  rule(sheet, middle - 70, middle - 9, y, ACCENT, 0.6);
  rule(sheet, middle + 9, middle + 70, y, ACCENT, 0.6);
  sheet.doc
    .polygon([middle, y - 3.4], [middle + 3.4, y], [middle, y + 3.4], [middle - 3.4, y])
    .fillColor(ACCENT)
    .fill();
}

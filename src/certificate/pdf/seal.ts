import { line, SEAL, type Sheet } from './sheet.ts';

export const SEAL_RADIUS = 47;
/** The name runs over at most this much of the ring, radians. */
const NAME_ARC = (Math.PI * 2 * 250) / 360;

/** Draws the issuer's round seal: the name around, a rosette, and what the seal is for. */
export function drawSeal(sheet: Sheet, name: string, x: number, y: number): void {
  const { doc } = sheet;
  doc.circle(x, y, SEAL_RADIUS).lineWidth(1.9).strokeColor(SEAL).stroke();
  doc
    .circle(x, y, SEAL_RADIUS - 3.4)
    .lineWidth(0.5)
    .stroke();
  drawName(sheet, name, x, y);
  drawRosette(sheet, x, y - 1);
  line(sheet, '证书专用章', x - SEAL_RADIUS, y + 20, 2 * SEAL_RADIUS, {
    font: 'bold',
    size: 8.5,
    spacing: 1,
    colour: SEAL,
    align: 'center',
  });
}

function drawName(sheet: Sheet, name: string, x: number, y: number): void {
  const { doc } = sheet;
  const characters = [...name];
  const step = Math.min(0.42, NAME_ARC / Math.max(1, characters.length));
  const size = Math.max(4, Math.min(11.5, step * (SEAL_RADIUS - 10)));
  const first = (-step * (characters.length - 1)) / 2;
  characters.forEach((character, place) => {
    doc.save();
    doc.rotate(((first + place * step) * 180) / Math.PI, { origin: [x, y] });
    line(sheet, character, x - 20, y - SEAL_RADIUS + 4.2, 40, {
      font: 'bold',
      size,
      colour: SEAL,
      align: 'center',
    });
    doc.restore();
  });
}

/** Twelve rays around a disc: no star, which is the state's. */
function drawRosette({ doc }: Sheet, x: number, y: number): void {
  for (let ray = 0; ray < 12; ray += 1) {
    const angle = (ray * Math.PI) / 6;
    const [dx, dy] = [Math.sin(angle), -Math.cos(angle)];
    const [nx, ny] = [-dy * 1.5, dx * 1.5];
    doc.polygon(
      [x + dx * 15, y + dy * 15],
      [x + dx * 8 + nx, y + dy * 8 + ny],
      [x + dx * 5.6, y + dy * 5.6],
      [x + dx * 8 - nx, y + dy * 8 - ny],
    );
  }
  doc.fillColor(SEAL).fill();
  doc.circle(x, y, 3.2).fill();
}

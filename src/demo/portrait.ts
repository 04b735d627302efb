import { PNG } from 'pngjs';
import { seeded } from '../shared/seeded.ts';

const WIDTH = 150;
const HEIGHT = 200;

/** A drawn portrait (a plain figure in seeded colours, nobody's face), PNG, 150 × 200 pixels on white. */
export function drawPortrait(seed: string): Buffer {
  const next = seeded(seed);
  const hue = Math.floor(next() * 360);
  const shirt = rgb(hue, 0.35, 0.42);
  const skin = rgb(28, 0.35, 0.62 + next() * 0.16);
  const hair = rgb(25, 0.25, 0.12 + next() * 0.16);
  const hairLine = 62 + next() * 12;
  const png = new PNG({ width: WIDTH, height: HEIGHT });
  for (let y = 0; y < HEIGHT; y += 1) {
    for (let x = 0; x < WIDTH; x += 1) {
      const inHead = ellipse(x, y, 75, 88, 36, 46);
      const inHair = ellipse(x, y, 75, 80, 42, 50);
      const inBody = ellipse(x, y, 75, 205, 66, 66);
      const colour = inHead && y > hairLine ? skin : inHair && y < 100 ? hair : inBody ? shirt : WHITE;
      const at = (y * WIDTH + x) * 4;
      png.data.set([...colour, 255], at);
    }
  }
  return PNG.sync.write(png, { colorType: 2 });
}

type Rgb = readonly [number, number, number];
const WHITE: Rgb = [255, 255, 255];

const ellipse = (x: number, y: number, cx: number, cy: number, rx: number, ry: number): boolean =>
  ((x - cx) / rx) ** 2 + ((y - cy) / ry) ** 2 <= 1;

/** Colour from hue (degrees), saturation and lightness (0–1). */
function rgb(hue: number, saturation: number, lightness: number): Rgb {
  const a = saturation * Math.min(lightness, 1 - lightness);
  const channel = (n: number): number => {
    const k = (n + hue / 30) % 12;
    return Math.round(255 * (lightness - a * Math.max(-1, Math.min(k - 3, 9 - k, 1))));
  };
  return [channel(0), channel(8), channel(4)];
}

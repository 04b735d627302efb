import { existsSync } from 'node:fs';
import { chromium, type Browser } from 'playwright-core';

const CANDIDATES = ['/usr/bin/chromium', '/usr/bin/chromium-browser'];
/** Without the background ones, a machine without the Internet is busy with refused connections. */
export const CHROMIUM_ARGUMENTS = [
  '--headless=new',
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];

/** The machine's Chromium: $CHROMIUM, or where Debian puts it. @throws Error when there is none */
export function chromiumPath(): string {
  const found = [process.env['CHROMIUM'] ?? '', ...CANDIDATES].find(
    (path) => path !== '' && existsSync(path),
  );
  if (found === undefined) throw new Error('no Chromium: install it, or name it in $CHROMIUM');
  return found;
}

/** Starts the machine's Chromium, headless, with further arguments. */
export const launchChromium = (...more: string[]): Promise<Browser> =>
  chromium.launch({ executablePath: chromiumPath(), args: [...CHROMIUM_ARGUMENTS, ...more] });

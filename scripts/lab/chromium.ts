import { existsSync } from 'node:fs';
import { chromium, type Browser } from 'playwright-core';

const CANDIDATES = ['/usr/bin/chromium', '/usr/bin/chromium-browser'];
const ARGUMENTS = [
  '--headless=new',
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];

/** Starts the machine's Chromium, headless: $CHROMIUM, or where Debian puts it; with further arguments. @throws Error when there is none */
export function launchChromium(...more: string[]): Promise<Browser> {
  const found = [process.env['CHROMIUM'] ?? '', ...CANDIDATES].find(
    (path) => path !== '' && existsSync(path),
  );
  if (found === undefined) throw new Error('no Chromium: install it, or name it in $CHROMIUM');
  return chromium.launch({ executablePath: found, args: [...ARGUMENTS, ...more] });
}

// Plain Node, no dependencies: it runs before there are any.
import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { createHash } from 'node:crypto';
import { fileURLToPath } from 'node:url';

export const root = fileURLToPath(new URL('..', import.meta.url));

/** Runs a command in the repository, its output shown; ends this process when it fails. */
export function run(command, args, options = {}) {
  const result = spawnSync(command, args, { cwd: root, stdio: 'inherit', ...options });
  if (result.status !== 0) {
    console.error(
      `\n${command} ${args.join(' ')} failed (exit ${result.status ?? result.signal ?? result.error}).`,
    );
    process.exit(result.status ?? 1);
  }
}

/** Installs the packages of package-lock.json unless just these are installed. */
export function ensurePackages() {
  const [major] = process.versions.node.split('.').map(Number);
  if (major < 20) {
    console.error(`Kaochang needs Node 20 or newer; this is ${process.version}.`);
    process.exit(1);
  }
  const lock = readFileSync(`${root}/package-lock.json`);
  const digest = createHash('sha256').update(lock).update(process.version).digest('hex');
  const stamp = `${root}/node_modules/.kaochang-installed`;
  if (existsSync(stamp) && readFileSync(stamp, 'utf8') === digest) return;
  console.log('Installing packages …');
  // Not `npm ci`: it refuses a lock file without the bindings of other platforms, and some registries do not carry those.
  run('npm', ['install', '--no-save', '--no-audit', '--no-fund', '--include=dev']);
  mkdirSync(`${root}/node_modules`, { recursive: true });
  writeFileSync(stamp, digest);
}

const isThere = (command) =>
  spawnSync('sh', ['-c', `command -v ${command}`], { stdio: 'ignore' }).status === 0;

/** What the tests need of the system: package name and how its presence shows. */
const SYSTEM = [
  {
    name: 'chromium',
    present: () =>
      isThere('chromium') || isThere('chromium-browser') || existsSync(process.env.CHROMIUM ?? ''),
  },
  { name: 'poppler-utils', present: () => isThere('pdfsig') && isThere('pdftoppm') },
  { name: 'openssl', present: () => isThere('openssl') },
  // Faults of disk and clock are put before unchanged processes by small libraries (scripts/faults/preload.ts).
  { name: 'gcc', present: () => isThere('cc') },
  { name: 'libc6-dev', present: () => existsSync('/usr/include/stdio.h') },
  {
    name: 'fonts-noto-cjk',
    present: () => spawnSync('sh', ['-c', 'fc-list :lang=zh | grep -q .'], { stdio: 'ignore' }).status === 0,
  },
];

/** Installs the Debian packages that the tests need; where this account may not, says what to install and ends. */
export function ensureSystem() {
  const missing = SYSTEM.filter((entry) => !entry.present()).map((entry) => entry.name);
  if (missing.length === 0) return;
  const mayInstall = process.getuid?.() === 0 && isThere('apt-get');
  if (!mayInstall) {
    console.error(`The tests need these Debian packages: ${missing.join(' ')}`);
    console.error(`Install them with:  sudo apt-get install ${missing.join(' ')}`);
    process.exit(1);
  }
  console.log(`Installing ${missing.join(', ')} …`);
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
  run('apt-get', ['update', '-q'], { env, stdio: ['ignore', 'ignore', 'inherit'] });
  run('apt-get', ['install', '-y', '-q', '--no-install-recommends', ...missing], {
    env,
    stdio: ['ignore', 'ignore', 'inherit'],
  });
}

/** Builds the web pages unless they are newer than every source they come from. */
export function ensureBuilt() {
  const stamp = `${root}/dist/web/.built`;
  const newer = existsSync(stamp)
    ? spawnSync('find', ['src', 'vite.config.ts', 'package-lock.json', '-newer', stamp, '-type', 'f'], {
        cwd: root,
        encoding: 'utf8',
      }).stdout.trim()
    : 'first build';
  if (newer === '') return;
  console.log('Building the web pages …');
  run('npx', ['vite', 'build', '--logLevel', 'warn']);
  writeFileSync(stamp, new Date().toISOString());
}

/** The press: a thread that draws and signs certificates one after another, so that the server's own thread stays free. */
import { parentPort, workerData } from 'node:worker_threads';
import { AppError } from '../../shared/errors/index.ts';
import { openSigner, type Signer } from '../keys/keys.ts';
import { assertPrintable, drawCertificate } from '../pdf/certificate-pdf.ts';
import { openFonts } from '../pdf/fonts.ts';
import { signPdf } from '../signature/pades.ts';
import type { FromPress, PressSettings, PressTask, ToPress } from './messages.ts';

let signer: Promise<Signer> | undefined;

/** The signing key, opened once; tried again after a failure, since an administrator may mend it meanwhile. */
function openOnce(): Promise<Signer> {
  signer ??= openSigner(workerData as PressSettings).catch((error: unknown) => {
    signer = undefined;
    throw error;
  });
  return signer;
}

async function run(task: PressTask): Promise<Uint8Array | undefined> {
  const fonts = await openFonts();
  if (task.kind === 'check') {
    assertPrintable(fonts, task.facts);
    return undefined;
  }
  return signPdf(await drawCertificate(fonts, task.job), await openOnce());
}

async function answer(message: ToPress): Promise<FromPress> {
  try {
    const pdf = await run(message);
    return pdf === undefined ? { id: message.id, ok: true } : { id: message.id, ok: true, pdf };
  } catch (error) {
    const known = error instanceof AppError ? error : undefined;
    return {
      id: message.id,
      ok: false,
      code: known?.code,
      details: known?.details ?? {},
      message: String(error),
    };
  }
}

let last: Promise<void> = Promise.resolve();
parentPort?.on('message', (message: ToPress) => {
  last = last.then(async () => {
    parentPort?.postMessage(await answer(message));
  });
});

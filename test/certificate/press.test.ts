import { expect } from 'chai';
import { Press } from '../../src/certificate/press/press.ts';
import { verifyPdf } from '../../src/certificate/signature/verify-pdf.ts';
import { AppError } from '../../src/shared/errors/index.ts';
import { AT, authoritiesOf, openDesk, samplePhoto, sampleRecord, type Desk } from './sample.ts';

const failure = (work: Promise<unknown>): Promise<unknown> =>
  work.then(
    () => undefined,
    (error: unknown) => error,
  );

describe('certificate: the press', () => {
  let desk: Desk;
  let press: Press;
  const job = { record: sampleRecord(), publicUrl: 'https://exam.example', at: AT, photo: samplePhoto(true) };
  before(async () => {
    desk = await openDesk();
    press = new Press({ dataDir: desk.dataDir, passphrase: 'a passphrase of a test' });
  });
  after(async () => {
    await press.close();
    desk.close();
  });

  it('draws and signs in its own thread, in the order asked', async () => {
    const printed = await Promise.all(
      [1, 2, 3].map((day) => press.print({ ...job, at: AT + day * 86_400_000 })),
    );
    printed.forEach((pdf, place) => {
      expect(verifyPdf(pdf, authoritiesOf(desk))).to.include({
        signature: 'signature.valid',
        issuer: 'known',
      });
      expect(pdf.toString('latin1')).to.contain(`/M (D:202611${25 + place}`);
    });
  });

  it('says what cannot be printed, and goes on', async () => {
    const name = await failure(press.check({ texts: ['王\u{2a6d6}'] }));
    expect(name).to.be.instanceOf(AppError).and.to.include({ code: 'certificate.undrawable-name' });
    const photo = await failure(press.print({ ...job, photo: Buffer.from('not a photo') }));
    expect(photo).to.be.instanceOf(AppError).and.to.include({ code: 'certificate.unusable-photo' });
    await press.check({ texts: ['王芳'] });
  });

  it('says that keys are locked on a wrong passphrase', async () => {
    const locked = new Press({ dataDir: desk.dataDir, passphrase: 'wrong' });
    const error = await failure(locked.print(job));
    await locked.close();
    expect(error).to.be.instanceOf(AppError).and.to.include({ code: 'certificate.keys-locked' });
  });

  it('tells those who wait when it is closed, and those who come later', async () => {
    const closing = new Press({ dataDir: desk.dataDir, passphrase: 'a passphrase of a test' });
    const waiting = failure(closing.print(job));
    await closing.close();
    expect(await waiting).to.be.instanceOf(Error);
    expect(String(await failure(closing.print(job)))).to.contain('closed');
  });
});

import type { X509Certificate } from 'node:crypto';
import type { Ctx } from '../../platform/context.ts';
import { AuthorityModel } from '../certificate.model.ts';
import { authorityPem, ensureKeys, readChain } from '../keys/keys.ts';
import { Press } from './press.ts';

/** What one running application issues with: its keys, its press, the authorities it knows. */
interface Office {
  press: Press;
  keysReady: Promise<void> | undefined;
}

const offices = new WeakMap<Ctx, Office>();

function officeOf(ctx: Ctx): Office {
  const known = offices.get(ctx);
  if (known !== undefined) return known;
  const office: Office = { press: new Press(keySettings(ctx)), keysReady: undefined };
  offices.set(ctx, office);
  return office;
}

const keySettings = ({ config }: Ctx) => ({
  dataDir: config.dataDir,
  passphrase: config.certificatePassphrase,
});

/** The press, with keys made at first use. */
export async function openPress(ctx: Ctx): Promise<Press> {
  await keysOf(ctx);
  return officeOf(ctx).press;
}

/** Ends the press with the application. */
export const closePress = (ctx: Ctx): Promise<void> => officeOf(ctx).press.close();

/** Makes the keys if there are none, and enters their authority in the list that verifiers use. */
function keysOf(ctx: Ctx): Promise<void> {
  const office = officeOf(ctx);
  office.keysReady ??= prepareKeys(ctx).catch((error: unknown) => {
    office.keysReady = undefined;
    throw error;
  });
  return office.keysReady;
}

async function prepareKeys(ctx: Ctx): Promise<void> {
  await ensureKeys(keySettings(ctx), ctx.clock.now());
  const pem = await authorityPem(ctx.config.dataDir);
  for (const { fingerprint256 } of readChain(pem)) {
    await AuthorityModel.updateOne(
      { _id: fingerprint256 },
      { $setOnInsert: { pem, seenAt: ctx.clock.now() } },
      { upsert: true },
    );
  }
}

/** The certificates of all authorities ever used, PEM, oldest first. */
export async function authoritiesPem(ctx: Ctx): Promise<string> {
  await keysOf(ctx);
  const authorities = await AuthorityModel.find({}).sort({ seenAt: 1 }).lean();
  return authorities.map(({ pem }) => pem).join('');
}

/** The same, parsed, for checking a signature. */
export const knownAuthorities = async (ctx: Ctx): Promise<X509Certificate[]> =>
  readChain(await authoritiesPem(ctx));

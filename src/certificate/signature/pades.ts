import { createHash } from 'node:crypto';
import { SignPdf, Signer as SignPdfSigner } from '@signpdf/signpdf';
import { readChain, type Signer } from '../keys/keys.ts';
import { chainDer, encodeSignedData, signedAttributes } from './cades.ts';

/** Signs the bytes of a PDF outside its signature's place, in CAdES form. */
class CadesSigner extends SignPdfSigner {
  readonly #signer: Signer;
  readonly #chain: Buffer[];

  constructor(signer: Signer) {
    super();
    this.#signer = signer;
    this.#chain = chainDer(readChain(signer.certificateChainPem));
  }

  override async sign(bytes: Buffer): Promise<Buffer> {
    const [certificate] = this.#chain;
    if (certificate === undefined) throw new Error('The signer has no certificate.');
    const attributes = signedAttributes(createHash('sha256').update(bytes).digest(), certificate);
    const signature = await this.#signer.sign(attributes);
    return encodeSignedData({ chain: this.#chain, attributes, signature });
  }
}

/** Fills the empty signature of a PDF (see `addSignatureField`): PAdES B-B over the whole file. */
export const signPdf = (pdf: Buffer, signer: Signer): Promise<Buffer> =>
  new SignPdf().sign(pdf, new CadesSigner(signer));

import type PDFDocument from 'pdfkit';

/** Bytes kept free for the signature: two P-256 certificates and a signature take about 1.9 KB, a later timestamp 2 KB more. */
const SIGNATURE_BYTES = 4096;
/** Print (4) and locked (128): a widget that viewers print and nobody moves (ISO 19005-1, 6.5.3). */
const WIDGET_FLAGS = 4 | 128;
/** Signatures exist, and may only be added to (ISO 32000-1, table 219). */
const SIG_FLAGS = 3;
// @signpdf/signpdf looks for these stars.
const RANGE_PLACE = '**********';

/** What the signature says of itself, and where one clicks to see it. */
export interface SignatureField {
  /** Who signs, in viewers. */
  signerName: string;
  /** Why; ASCII. */
  reason: string;
  /** Time of signing, ms. */
  at: number;
  /** Rectangle of the seal, points from the top left. */
  box: { x: number; y: number; width: number; height: number };
}

/** pdfkit's inner parts used here; its types leave them out. */
interface Reference {
  data: Record<string, unknown>;
  write(text: string): void;
  end(): void;
}
interface Inside {
  ref(data: Record<string, unknown>): Reference;
  page: { height: number; dictionary: Reference; annotations: Reference[] };
  _root: Reference;
  _acroform: { fonts: Record<string, Reference>; defaultFont: string };
}

/**
 * Adds a signature field with an empty signature to the current page. Its appearance is empty: the seal under it is
 * drawn on the page, so that every viewer and printer shows it. Each reference is ended: pdfkit waits for ever for one that is not.
 */
export function addSignatureField(doc: InstanceType<typeof PDFDocument>, field: SignatureField): void {
  const inside = doc as unknown as Inside;
  const signature = inside.ref({
    Type: 'Sig',
    Filter: 'Adobe.PPKLite',
    SubFilter: 'ETSI.CAdES.detached',
    ByteRange: [0, RANGE_PLACE, RANGE_PLACE, RANGE_PLACE],
    Contents: Buffer.alloc(SIGNATURE_BYTES),
    Name: text(field.signerName),
    Reason: text(field.reason),
    M: new Date(field.at),
  });
  const { x, y, width, height } = field.box;
  const appearance = inside.ref({
    Type: 'XObject',
    Subtype: 'Form',
    BBox: [0, 0, width, height],
    Resources: {},
  });
  appearance.write('');
  const widget = inside.ref({
    Type: 'Annot',
    Subtype: 'Widget',
    FT: 'Sig',
    Rect: [x, inside.page.height - y - height, x + width, inside.page.height - y],
    V: signature,
    T: text('Signature1'),
    F: WIDGET_FLAGS,
    P: inside.page.dictionary,
    AP: { N: appearance },
  });
  inside.page.annotations.push(widget);
  // The document ends the form itself, with these two as it expects them; a form made by its own means would set Helvetica.
  inside._root.data['AcroForm'] = inside.ref({ SigFlags: SIG_FLAGS, Fields: [widget], DR: { Font: {} } });
  inside._acroform = { fonts: {}, defaultFont: 'none' };
  for (const reference of [signature, appearance, widget]) reference.end();
}

// pdfkit writes a String object as text and a string primitive as a name.
const text = (value: string): object => Object(value) as object;

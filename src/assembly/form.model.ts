import type { PoolItem } from '../bank/item.contract.ts';
import { defineModel, Mixed } from '../platform/model.ts';
import type { Level } from '../shared/levels.ts';
import type { Text } from '../shared/text.ts';
import type { CandidateForm, FormKey } from './form.contract.ts';

/** A frozen paper as candidates may see it. Never changed after it is written. */
export interface FormRecord {
  _id: string;
  templateCode: string;
  templateVersion: number;
  kind: 'theory' | 'skill';
  level: Level;
  label: string;
  title: Text;
  /** Forms made together: parallel to each other. */
  batchId: string;
  seed: string;
  items: number;
  /** What assembly knew of each item when it chose; for staff, the conformance report counts it. */
  chosen: PoolItem[];
  paper: CandidateForm;
  /** SHA-256 over the canonical JSON of paper and keys, hex. */
  digest: string;
  by: string;
  at: number;
}

/** The keys of a form; `_id` is the form's. Read by marking alone, and by the audited route for exam officers. */
export interface FormKeyRecord {
  _id: string;
  keys: { itemId: string; key: FormKey }[];
}

const mixed = { type: Mixed, required: true };
const text = { type: String, required: true };
const number = { type: Number, required: true };

export const FormModel = defineModel<FormRecord>(
  'Form',
  'forms',
  {
    templateCode: text,
    templateVersion: number,
    kind: text,
    level: text,
    label: text,
    title: mixed,
    batchId: text,
    seed: text,
    items: number,
    chosen: mixed,
    paper: mixed,
    digest: text,
    by: text,
    at: number,
  },
  { indexes: [[{ templateCode: 1, at: -1 }], [{ batchId: 1 }]] },
);

export const FormKeyModel = defineModel<FormKeyRecord>('FormKey', 'form_keys', { keys: mixed });

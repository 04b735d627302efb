import { defineModel, Mixed } from '../platform/model.ts';
import type { Level } from '../shared/levels.ts';
import type { Text } from '../shared/text.ts';
import type { TemplateKind } from './template.contract.ts';

/** One version of a template; `_id` is "code@version". Versions never change. */
export interface TemplateRecord {
  _id: string;
  code: string;
  version: number;
  kind: TemplateKind;
  level: Level;
  title: Text;
  minutes: number;
  /** The whole template as canonical JSON text: its quotas have names with dots, which a field name should not. */
  source: string;
  /** SHA-256 of the source. */
  digest: string;
  /** Whether this is the newest version. */
  current: boolean;
  by: string;
  at: number;
}

const text = { type: String, required: true };
const number = { type: Number, required: true };

export const TemplateModel = defineModel<TemplateRecord>(
  'Template',
  'templates',
  {
    code: text,
    version: number,
    kind: text,
    level: text,
    title: { type: Mixed, required: true },
    minutes: number,
    source: text,
    digest: text,
    current: { type: Boolean, required: true },
    by: text,
    at: number,
  },
  { indexes: [[{ code: 1, version: 1 }, { unique: true }], [{ current: 1, level: 1, kind: 1 }]] },
);

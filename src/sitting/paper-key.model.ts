import { defineModel } from '../platform/model.ts';

/** The key of an attempt's sealed paper, apart from the attempt so that nobody reads it along with it. `_id` is the attempt's. */
export interface PaperKeyRecord {
  _id: string;
  /** 32 bytes, base64. */
  key: string;
}

export const PaperKeyModel = defineModel<PaperKeyRecord>('PaperKey', 'paper_keys', {
  key: { type: String, required: true },
});

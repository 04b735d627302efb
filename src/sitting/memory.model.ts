import { defineModel } from '../platform/model.ts';

/** What an attempt's page remembers beside the answers. `_id` is the attempt's. */
export interface MemoryRecord {
  _id: string;
  /** JSON of `PageMemory`: a text, since item ids have dots, which a field name should not. */
  memory: string;
  /** Fence of the page that wrote it. */
  fence: number;
  /** Server time, ms. */
  savedAt: number;
}

export const MemoryModel = defineModel<MemoryRecord>('PageMemory', 'page_memories', {
  memory: { type: String, required: true },
  fence: { type: Number, required: true },
  savedAt: { type: Number, required: true },
});

import { defineModel, Mixed } from '../platform/model.ts';
import type { PaperOrder } from './attempt.contract.ts';

/** The order in which an attempt's paper was delivered, apart from the attempt, which is read far more often. `_id` is the attempt's. */
export interface PaperOrderRecord {
  _id: string;
  order: PaperOrder;
}

export const PaperOrderModel = defineModel<PaperOrderRecord>('PaperOrder', 'paper_orders', {
  order: { type: Mixed, required: true },
});

import { defineModel, Mixed } from '../platform/model.ts';
import type { Text } from '../shared/text.ts';

/** Kinds of training body (clause 5.1.1). */
export const INSTITUTION_KINDS = ['professional-body', 'enterprise', 'college', 'recognised-base'] as const;
export type InstitutionKind = (typeof INSTITUTION_KINDS)[number];

/** A body that trains and holds examinations. */
export interface Institution {
  _id: string;
  code: string;
  name: Text;
  kind: InstitutionKind;
  /** Floor area of the venue, m² (5.2.1). */
  areaSquareMetres: number;
  /** 5.1.2 */
  legalPerson: boolean;
  /** 5.1.3 */
  goodCredit: boolean;
  /** Server time of the approval; missing until it is approved. */
  approvedAt?: number;
}

export const InstitutionModel = defineModel<Institution>(
  'Institution',
  'institutions',
  {
    code: { type: String, required: true },
    name: { type: Mixed, required: true },
    kind: { type: String, required: true },
    areaSquareMetres: { type: Number, required: true },
    legalPerson: { type: Boolean, required: true },
    goodCredit: { type: Boolean, required: true },
    approvedAt: Number,
  },
  { indexes: [[{ code: 1 }, { unique: true }]] },
);

import type { Institution } from './institution.model.ts';

/** Why an institution may not hold an examination yet. */
export type InstitutionVerdict =
  | { ok: true }
  | {
      ok: false;
      code: 'people.institution-not-approved';
      clause: '5.1';
      missing: ('legal-person' | 'good-credit' | 'approval')[];
    }
  | { ok: false; code: 'people.venue-too-small'; clause: '5.2.1'; area: number; needed: number };

/** Floor area a venue must exceed, m² (5.2.1). */
export const areaFloor = (kind: Institution['kind']): number => (kind === 'college' ? 500 : 200);

/** Clauses 5.1 and 5.2.1: whether an institution may hold an examination. */
export function judgeInstitution(
  institution: Omit<Institution, '_id' | 'code' | 'name'>,
): InstitutionVerdict {
  const missing: ('legal-person' | 'good-credit' | 'approval')[] = [];
  if (!institution.legalPerson) missing.push('legal-person');
  if (!institution.goodCredit) missing.push('good-credit');
  if (institution.approvedAt === undefined) missing.push('approval');
  if (missing.length > 0)
    return { ok: false, code: 'people.institution-not-approved', clause: '5.1', missing };
  const needed = areaFloor(institution.kind);
  if (institution.areaSquareMetres <= needed) {
    return {
      ok: false,
      code: 'people.venue-too-small',
      clause: '5.2.1',
      area: institution.areaSquareMetres,
      needed,
    };
  }
  return { ok: true };
}

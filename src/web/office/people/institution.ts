import type { Static } from '@sinclair/typebox';
import type { InstitutionBody } from '../../../people/people.contract.ts';
import { areaFloor } from '../../../people/institution.rules.ts';
import { useOf } from '../../lib/language.tsx';
import { useLoad, type Load } from '../lib/load.ts';
import { useMay } from '../lib/me.ts';

/** What is submitted of an institution. */
export type InstitutionFacts = Static<typeof InstitutionBody>;

/** An institution as the list answers it. */
export type Institution = InstitutionFacts & { _id: string; approvedAt?: number };

/** Kinds in the order of the guide (5.1.1). */
export const KINDS: readonly InstitutionFacts['kind'][] = [
  'professional-body',
  'enterprise',
  'college',
  'recognised-base',
];

/** The institutions with their names; not asked for by those who may not read them. */
export interface Institutions {
  load: Load<{ items: Institution[] }>;
  items: readonly Institution[];
  options: { value: string; label: string }[];
  nameOf(id: string | undefined): string;
}

export function useInstitutions(): Institutions {
  const of = useOf();
  const may = useMay('administrator', 'exam-officer', 'certificate-officer', 'auditor');
  const load = useLoad<{ items: Institution[] }>(may ? '/api/institutions' : undefined);
  const items = load.data?.items ?? [];
  return {
    load,
    items,
    options: items.map(({ _id, code, name }) => ({ value: _id, label: `${code} · ${of(name)}` })),
    nameOf: (id) => {
      const found = items.find(({ _id }) => _id === id);
      return found === undefined ? '–' : of(found.name);
    },
  };
}

/** One condition of approval. */
export interface Condition {
  key: 'legalPerson' | 'goodCredit' | 'areaMet';
  clause: '5.1.2' | '5.1.3' | '5.2.1';
  met: boolean;
}

/** The conditions one by one, so that all that is missing is seen before the approval is asked for; the server judges. */
export function conditionsOf({
  legalPerson,
  goodCredit,
  kind,
  areaSquareMetres,
}: InstitutionFacts): Condition[] {
  return [
    { key: 'legalPerson', clause: '5.1.2', met: legalPerson },
    { key: 'goodCredit', clause: '5.1.3', met: goodCredit },
    { key: 'areaMet', clause: '5.2.1', met: areaSquareMetres > areaFloor(kind) },
  ];
}

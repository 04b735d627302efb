import type { SkillTemplate, TheoryTemplate } from '../../src/assembly/template.contract.ts';
import type { BankFile } from '../../src/bank/item.contract.ts';
import { ITEM_TYPES } from '../../src/bank/item.contract.ts';
import type { Scenario } from '../../src/bank/scenario.contract.ts';
import { readJson } from '../../src/demo/prepare.ts';
import { sampleBank, sampleItem } from './items.ts';
import { skillTemplate, theoryTemplate } from './templates.ts';

/** A bank and scenarios whose key side is full of strings that occur nowhere else. */
export interface Canaries {
  bank: BankFile;
  scenarios: Scenario[];
  theory: TheoryTemplate;
  skill: SkillTemplate;
  /** Every planted string. */
  planted: string[];
}

/** Points of an item of each of the six types: 100 together. */
const POINTS = [20, 20, 10, 20, 10, 20];
const TYPES_WITH_WHY_NOT = ['single', 'multiple'];

/** Plants a string of its own in every key-side field: rationale, whyNot, tests, a numeric key; a check's id and tells. */
export function plantCanaries(mark: string): Canaries {
  const planted: string[] = [];
  const plant = (field: string): string => {
    const canary = `canary-${mark}-${planted.length}-${field}`;
    planted.push(canary);
    return canary;
  };
  const plantText = (field: string) => ({ zh: plant(field), en: plant(field) });
  const number = { value: '8642.135791', tolerance: '0.975319' };
  planted.push(number.value, number.tolerance);
  const items = ITEM_TYPES.map((type, index) => {
    const item = sampleItem(type, index + 1);
    const whyNot =
      'whyNot' in item
        ? { whyNot: Object.fromEntries(Object.keys(item.whyNot).map((id) => [id, plant('whynot')])) }
        : {};
    if (TYPES_WITH_WHY_NOT.includes(type) !== 'whyNot' in item)
      throw new Error(`whyNot of ${type} has moved`);
    const key = type === 'numeric' ? { key: number } : {};
    return { ...item, tests: plant('tests'), rationale: plantText('rationale'), ...whyNot, ...key };
  });
  const skill = skillTemplate('junior');
  const scenarios = skill.parts
    .flatMap((part) => (part.kind === 'computer' ? part.scenarios : []))
    .map((id): Scenario => {
      const scenario = readJson<Scenario>(`exam-templates/scenarios/${id}.json`);
      const checks = scenario.checks.map((check) => ({
        ...check,
        id: plant('check'),
        tells: plantText('tells'),
      }));
      return { ...scenario, checks };
    });
  const theory: TheoryTemplate = {
    ...theoryTemplate('junior'),
    parts: ITEM_TYPES.map((type, index) => ({
      id: type,
      title: { zh: type, en: type },
      types: [type],
      count: 1,
      pointsEach: POINTS[index] ?? 0,
    })),
    quotas: {},
    overlap: { maxBetweenForms: ITEM_TYPES.length },
  };
  return { bank: sampleBank(items), scenarios, theory, skill, planted };
}

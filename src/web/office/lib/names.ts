import type { Text } from '../../../shared/text.ts';
import { LEVELS, LEVEL_NAMES, type Level, type Part } from '../../../shared/levels.ts';
import { useOf } from '../../lib/language.tsx';

/** Short names of the levels, for columns and filters. */
export const LEVEL_SHORT: Record<Level, Text> = {
  junior: { zh: '初级', en: 'Junior' },
  intermediate: { zh: '中级', en: 'Intermediate' },
  senior: { zh: '高级', en: 'Senior' },
};

/** Short names of the parts, for columns. */
export const PART_SHORT: Record<Part, Text> = {
  theory: { zh: '理论', en: 'Theory' },
  skill: { zh: '技能', en: 'Skill' },
  review: { zh: '评审', en: 'Review' },
};

/** The levels as options of a field; long names in forms, short ones in filters. */
export function useLevelOptions(long = false): { value: Level; label: string }[] {
  const of = useOf();
  return LEVELS.map((level) => ({ value: level, label: of((long ? LEVEL_NAMES : LEVEL_SHORT)[level]) }));
}

import {
  LEAST_STAFF,
  CANDIDATES_PER_STAFF,
  type RoomPart,
  type StaffingVerdict,
} from '../../sitting/staffing.rules.ts';
import type { Level } from '../../shared/levels.ts';
import type { Text } from '../../shared/text.ts';

/** Whom staffing counts, by part. */
export const STAFF_WORDS: Readonly<Record<RoomPart, Text>> = {
  theory: { zh: '监考', en: 'Invigilators' },
  skill: { zh: '考评', en: 'Examiners' },
};

/** The rule in short, with its clause. */
export const RULE_WORDS: Readonly<Record<RoomPart, Text>> = {
  theory: {
    zh: `1:${CANDIDATES_PER_STAFF}，每场不少于 ${LEAST_STAFF.theory} 人（11.2）`,
    en: `1 to ${CANDIDATES_PER_STAFF}, no fewer than ${LEAST_STAFF.theory} (11.2)`,
  },
  skill: {
    zh: `1:${CANDIDATES_PER_STAFF}，不少于 ${LEAST_STAFF.skill} 人且为单数（11.2）`,
    en: `1 to ${CANDIDATES_PER_STAFF}, ${LEAST_STAFF.skill} or more, odd (11.2)`,
  },
};

/** What is missing, in words: so many people, or an odd number of them. */
export function missingWords(part: RoomPart, verdict: StaffingVerdict): Text {
  const { needed, present, clause } = verdict;
  const missing = Math.max(0, needed - present);
  if (!verdict.ok && verdict.code === 'proctoring.even-examiners') {
    return {
      zh: `在岗考评员 ${present} 人为双数，应为单数（${clause}）`,
      en: `${present} examiners are present: the number must be odd (${clause})`,
    };
  }
  const who = part === 'theory' ? { zh: '监考员', en: 'invigilator' } : { zh: '考评员', en: 'examiner' };
  return {
    zh: `${who.zh}不足（${clause}）：在岗 ${present}，需要 ${needed}，缺 ${missing} 人`,
    en: `${present} of ${needed} ${who.en}s (${clause}), ${missing} missing`,
  };
}

/** Level and part in short, for lines where there is little room. */
export const LEVEL_SHORT: Readonly<Record<Level, Text>> = {
  junior: { zh: '初级', en: 'Junior' },
  intermediate: { zh: '中级', en: 'Intermediate' },
  senior: { zh: '高级', en: 'Senior' },
};
export const PART_SHORT: Readonly<Record<RoomPart, Text>> = {
  theory: { zh: '理论', en: 'Theory' },
  skill: { zh: '技能', en: 'Skill' },
};

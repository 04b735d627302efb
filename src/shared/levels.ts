import { Type } from '@sinclair/typebox';
import type { Text } from './text.ts';

/** The three levels of the guide (clause 7). */
export const LEVELS = ['junior', 'intermediate', 'senior'] as const;
export const Level = Type.Union(LEVELS.map((level) => Type.Literal(level)));
export type Level = (typeof LEVELS)[number];

/** The parts of an examination (clause 11.1). */
export const PARTS = ['theory', 'skill', 'review'] as const;
export const Part = Type.Union(PARTS.map((part) => Type.Literal(part)));
export type Part = (typeof PARTS)[number];

export const LEVEL_NAMES: Record<Level, Text> = {
  junior: { zh: '初级跨境电商师', en: 'Junior cross-border e-commerce specialist' },
  intermediate: { zh: '中级跨境电商师', en: 'Intermediate cross-border e-commerce specialist' },
  senior: { zh: '高级跨境电商师', en: 'Senior cross-border e-commerce specialist' },
};

export const PART_NAMES: Record<Part, Text> = {
  theory: { zh: '理论知识考核', en: 'Theory test' },
  skill: { zh: '技能考核', en: 'Skill test' },
  review: { zh: '综合评审', en: 'Comprehensive review' },
};

/** The parts that a level takes by default; an examination may name others. */
export const PARTS_OF_LEVEL: Record<Level, readonly Part[]> = {
  junior: ['theory', 'skill'],
  intermediate: ['theory', 'skill'],
  senior: ['theory', 'skill', 'review'],
};

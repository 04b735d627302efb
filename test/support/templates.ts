import { readFileSync } from 'node:fs';
import type { ReviewTemplate, SkillTemplate, TheoryTemplate } from '../../src/assembly/template.contract.ts';
import type { Level } from '../../src/shared/levels.ts';

const read = (name: string): unknown =>
  JSON.parse(readFileSync(new URL(`../../exam-templates/${name}.json`, import.meta.url), 'utf8'));

/** The templates that the product brings, fresh for each caller. */
export const theoryTemplate = (level: Level): TheoryTemplate => read(`theory-${level}`) as TheoryTemplate;
export const skillTemplate = (level: Level): SkillTemplate => read(`skill-${level}`) as SkillTemplate;
export const reviewTemplate = (): ReviewTemplate => read('review-senior') as ReviewTemplate;

import { readFileSync } from 'node:fs';
import type { Level } from '../shared/levels.ts';
import type { ContentFacts } from './item.rules.ts';

/** One content (培训内容): what a person should be able to do and know. */
export interface SyllabusContent {
  code: string;
  name: string;
  abilities: string[];
  knowledge: string[];
}

/** One function (职业功能) of a level. */
export interface SyllabusFunction {
  code: string;
  name: string;
  contents: SyllabusContent[];
}

/** Appendices A, B and C of the guide as data (clause 8.2). */
export interface Syllabus {
  title: string;
  source: string;
  levels: { code: Level; name: string; appendix: string; functions: SyllabusFunction[] }[];
}

let loaded: Syllabus | undefined;

/** The syllabus, question-banks/syllabus.json; read once. */
export function loadSyllabus(): Syllabus {
  loaded ??= JSON.parse(
    readFileSync(new URL('../../question-banks/syllabus.json', import.meta.url), 'utf8'),
  ) as Syllabus;
  return loaded;
}

/** The functions of a level, by code. */
export function functionsOf(level: Level): SyllabusFunction[] {
  return loadSyllabus().levels.find((entry) => entry.code === level)?.functions ?? [];
}

/** All contents of all levels by code: content codes are unique over the syllabus. */
export function contentFacts(): ReadonlyMap<string, ContentFacts> {
  const facts = loadSyllabus().levels.flatMap((level) =>
    level.functions.flatMap((fn) =>
      fn.contents.map((content) => ({
        code: content.code,
        function: fn.code,
        abilities: content.abilities.length,
        knowledge: content.knowledge.length,
      })),
    ),
  );
  return new Map(facts.map((content) => [content.code, content]));
}

import { readFileSync } from 'node:fs';
import type { Level } from '../shared/levels.ts';
import type { Syllabus, SyllabusFunction } from './bank.contract.ts';
import type { ContentFacts } from './item.rules.ts';

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

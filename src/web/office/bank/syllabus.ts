import type { Syllabus, SyllabusContent, SyllabusFunction } from '../../../bank/bank.contract.ts';
import type { Level } from '../../../shared/levels.ts';
import { useLoad } from '../lib/load.ts';

/** The syllabus as pages use it: functions of a level, and any content by its code. Its names are Chinese alone. */
export interface SyllabusHandle {
  functions(level: Level | undefined): readonly SyllabusFunction[];
  content(code: string): SyllabusContent | undefined;
}

export function useSyllabus(): SyllabusHandle {
  const { data } = useLoad<Syllabus>('/api/bank/syllabus');
  const levels = data?.levels ?? [];
  return {
    functions: (level) =>
      levels
        .filter((entry) => level === undefined || entry.code === level)
        .flatMap((entry) => entry.functions),
    content: (code) =>
      levels
        .flatMap((entry) => entry.functions)
        .flatMap((fn) => fn.contents)
        .find((content) => content.code === code),
  };
}

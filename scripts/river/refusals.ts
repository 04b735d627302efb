import { Refusal } from '../../src/demo/caller.ts';

/** A rule that was tried to be broken, and the code the server refused with. */
export interface ProvokedRefusal {
  rule: string;
  code: string;
  clause?: string;
}

/** Collects the refusals the river provokes on purpose. */
export class Refusals {
  readonly list: ProvokedRefusal[] = [];

  /** Does something unlawful. @throws Error when it is not refused, or refused for another reason than `code` */
  async provoke(rule: string, code: string, deed: () => Promise<unknown>): Promise<void> {
    const outcome = await deed().then(
      () => undefined,
      (error: unknown) => error,
    );
    if (!(outcome instanceof Refusal)) throw new Error(`not refused: ${rule} (${String(outcome)})`);
    const { problem } = outcome;
    const codes = [problem.code as string, ...(problem.issues ?? []).map((issue) => issue.code)];
    if (!codes.includes(code))
      throw new Error(`${rule}: refused with ${codes.join(', ')} instead of ${code}`);
    const clause =
      problem.clause ??
      /\((1[01]\.\d)\)/.exec(problem.en)?.[1] ??
      problem.issues?.map((issue) => /\b(1[01]\.\d)\b/.exec(issue.message)?.[1]).find(Boolean);
    this.list.push({ rule, code, ...(clause === undefined ? {} : { clause }) });
  }
}

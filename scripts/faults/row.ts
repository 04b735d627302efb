import { pause } from '../lab/side-by-side.ts';

/** What a row of the table of faults (docs/faults.md) is asked for and answers. */

export interface RowOptions {
  /** Smaller figures, same assertions: the version inside `npm test`. */
  short: boolean;
  /** Seeds to walk instead of the row's own; for rows that walk. */
  seeds?: readonly string[] | undefined;
  /** Progress, for people. */
  log(line: string): void;
}

/** Something that must hold, and did not. */
export interface Broken {
  /** `loss`: an answer, a right or a rule is broken. `bound`: it took longer, or more, than the table allows. */
  kind: 'loss' | 'bound';
  what: string;
}

export type Figures = Record<string, unknown>;

/** Gathers a row's figures and what did not hold. */
export class Findings {
  readonly figures: Figures = {};
  readonly broken: Broken[] = [];

  note(figures: Figures): void {
    Object.assign(this.figures, figures);
  }

  /** Something that must never be otherwise, on any machine. */
  must(holds: boolean, what: string): void {
    if (!holds) this.broken.push({ kind: 'loss', what });
  }

  /** A figure that the table bounds; it depends on the machine. */
  within(name: string, value: number, limit: number): void {
    this.figures[name] = Math.round(value * 10) / 10;
    if (!(value <= limit)) this.broken.push({ kind: 'bound', what: `${name} is ${value}, at most ${limit}` });
  }

  /** The row's line: held if nothing is broken. */
  line(row: number): { row: number; held: boolean; figures: Figures } {
    const broken = this.broken.map(({ what }) => what);
    return {
      row,
      held: broken.length === 0,
      figures: { ...this.figures, ...(broken.length === 0 ? {} : { broken: broken.slice(0, 20) }) },
    };
  }
}

export interface Row {
  row: number;
  /** The fault, in a few words. */
  fault: string;
  /** The row is ended, and has not held, after this time; of the full and of the short version, minutes. */
  minutes: { full: number; short: number };
  /** Does the fault and notes what came of it. An error thrown is a row that did not hold. */
  run(options: RowOptions, findings: Findings): Promise<void>;
}

/** The value below which a share of the values lies; 0 of none. */
export function quantile(values: readonly number[], share: number): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.ceil(share * sorted.length) - 1)] ?? 0;
}

/** Waits until something holds; resolves with the time it took, ms, or Infinity when `limitMs` passed first. */
export async function waitUntil(
  holds: () => boolean | Promise<boolean>,
  limitMs: number,
  everyMs = 50,
): Promise<number> {
  const since = performance.now();
  while (performance.now() - since < limitMs) {
    if (await holds()) return performance.now() - since;
    await pause(everyMs);
  }
  return Infinity;
}

/** Runs a row; whatever it throws is noted as what did not hold. */
export async function runRow({ run }: Row, options: RowOptions): Promise<Findings> {
  const findings = new Findings();
  try {
    await run(options, findings);
  } catch (error) {
    findings.must(false, `the row could not be run to its end: ${String(error)}`);
    options.log(error instanceof Error ? (error.stack ?? '') : String(error));
  }
  return findings;
}

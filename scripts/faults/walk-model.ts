/** One change of an answer, as the person at the page made it. */
export interface Change {
  itemId: string;
  /** Different for every change of a walk. */
  value: string;
  computer: number;
  /** Order in which the changes were made. */
  madeAt: number;
  /** The computer's disk has taken it. */
  kept: boolean;
  /** The disk has refused it at least once: other tabs of the computer cannot have known of it. */
  refused: boolean;
  /** A page has been told that it counts; the moment, in the order of changes. */
  acknowledgedAt?: number;
}

/**
 * What a person may expect of their answers, without any of the machinery: on one computer, as long as its disk works, the last change stands; between
 * computers, a change stands over every answer that was acknowledged before it was made.
 */
export class WalkModel {
  readonly changes: Change[] = [];

  make(itemId: string, computer: number): Change {
    const madeAt = this.changes.length + 1;
    const change = { itemId, value: String(madeAt), computer, madeAt, kept: false, refused: false };
    this.changes.push(change);
    return change;
  }

  kept(value: unknown): void {
    const change = this.changes.find((one) => one.value === value);
    if (change !== undefined) change.kept = true;
  }

  refused(value: unknown): void {
    const change = this.changes.find((one) => one.value === value);
    if (change !== undefined) change.refused = true;
  }

  acknowledged(value: unknown): void {
    const change = this.changes.find((one) => one.value === value);
    if (change !== undefined) change.acknowledgedAt ??= this.changes.length;
  }

  /** What may not be lost: acknowledged, or on the disk of the computer at which the walk ends. */
  #mustSurvive(change: Change, last: number): boolean {
    return change.acknowledgedAt !== undefined || (change.kept && change.computer === last);
  }

  #standsOver(newer: Change, older: Change): boolean {
    if (newer.madeAt <= older.madeAt) return false;
    return (
      (newer.computer === older.computer && !older.refused && !newer.refused) ||
      (older.acknowledgedAt !== undefined && older.acknowledgedAt < newer.madeAt)
    );
  }

  /** What is wrong with what the server has at the end, the last page being on computer `last`; undefined when it is as expected. */
  fault(itemId: string, stored: unknown, last: number): string | undefined {
    const own = this.changes.filter((change) => change.itemId === itemId);
    const required = own.filter((change) => this.#mustSurvive(change, last));
    const final = own.find(({ value }) => value === stored);
    if (final === undefined) {
      if (stored !== undefined) return `${itemId}: ${JSON.stringify(stored)} was never given`;
      return required.length === 0 ? undefined : `${itemId}: nothing is stored of ${required.length} changes`;
    }
    const over = required.find((change) => this.#standsOver(change, final));
    return over === undefined
      ? undefined
      : `${itemId}: stored is ${told(final)}, although after it came ${told(over)}`;
  }
}

/** A change in words, for whoever looks into a walk. */
function told({ madeAt, computer, kept, acknowledgedAt }: Change): string {
  const disk = kept ? 'on its disk' : 'not on its disk';
  const server = acknowledgedAt === undefined ? 'not acknowledged' : `acknowledged after ${acknowledgedAt}`;
  return `change ${madeAt} (computer ${computer}, ${disk}, ${server})`;
}

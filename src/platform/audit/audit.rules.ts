import { canonicalJson } from '../../shared/canonical-json.ts';
import type { AuditEntry } from './audit.model.ts';

/** The hash that precedes the first entry. */
export const GENESIS = '0'.repeat(64);

/** The text an entry's hash is taken over: canonical JSON of everything but the hash and the id. */
export function hashedText(entry: Omit<AuditEntry, '_id' | 'hash'>): string {
  const { seq, at, actor, action, subject, facts, prev } = entry;
  return canonicalJson({ seq, at, actor, action, subject, facts, prev });
}

/** What is wrong with a chain, at the first bad entry; undefined when all is well. */
export type ChainFault = { seq: number; fault: 'gap' | 'broken-link' | 'altered' };

/** Checks a run of entries in order. `sha256` gives hex; `prev` and `seq` are what came before the first of them. */
export function findChainFault(
  entries: readonly AuditEntry[],
  sha256: (text: string) => string,
  before: { seq: number; hash: string } = { seq: 0, hash: GENESIS },
): ChainFault | undefined {
  let { seq, hash } = before;
  for (const entry of entries) {
    if (entry.seq !== seq + 1) return { seq: seq + 1, fault: 'gap' };
    if (entry.prev !== hash) return { seq: entry.seq, fault: 'broken-link' };
    if (sha256(hashedText(entry)) !== entry.hash) return { seq: entry.seq, fault: 'altered' };
    ({ seq, hash } = entry);
  }
  return undefined;
}

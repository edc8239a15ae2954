import type { HashText } from '../run/merkle.ts';
import { type AuditHead, type AuditRecord, findBreak } from './audit-chain.ts';

/** The first thing that is wrong with a chain, by the record where it shows. */
export type ChainBreak = {
  readonly sequence: number;
  /** `head`: the chain does not end where it says; `kept`: it does not pass through a head that was kept. */
  readonly field: 'programId' | 'sequence' | 'previousHash' | 'hash' | 'head' | 'kept';
  readonly stored: string;
  readonly expected: string;
};

/**
 * Follows a chain record by record, from a head that is trusted, and stops at the first break: what comes behind one proves
 * nothing. Heads that were kept when the chain was shorter must still be on its way: a chain that was written anew from its
 * beginning holds in itself, but does not pass through them.
 */
export function makeChainFollower(
  programId: string,
  from: AuditHead,
  kept: readonly AuditHead[],
  hash: HashText,
): {
  /** `false` when the chain is broken, and nothing further needs to be read. */
  readonly take: (record: AuditRecord) => boolean;
  readonly at: () => AuditHead;
  /** How many of the kept heads it passed through. */
  readonly passed: () => number;
  readonly broken: () => ChainBreak | undefined;
} {
  const bySequence = Map.groupBy(kept, ({ sequence }) => sequence);
  let last = from;
  let passed = 0;
  let broken: ChainBreak | undefined;
  const find = (record: AuditRecord): ChainBreak | undefined => {
    const { sequence } = record;
    const link = findBreak(programId, last, record, hash);
    if (link) return { sequence, ...link };
    const other = bySequence.get(sequence)?.find((head) => head.hash !== record.hash);
    return other && { sequence, field: 'kept', stored: record.hash, expected: other.hash };
  };
  return {
    take: (record) => {
      broken ??= find(record);
      if (broken) return false;
      passed += bySequence.get(record.sequence)?.length ?? 0;
      last = { sequence: record.sequence, hash: record.hash };
      return true;
    },
    at: () => last,
    passed: () => passed,
    broken: () => broken,
  };
}

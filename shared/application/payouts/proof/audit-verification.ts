import type { AuditHead } from '#shared/domain/audit/audit-chain';
import type { ChainBreak } from '#shared/domain/audit/follow-chain';
import type { Instant, Period } from '#shared/domain/time/instant';
import type { Difference } from './verify-differences.ts';

/** `unfinished`: the time of one answer was not enough. */
export type ProofStatus = 'equal' | 'different' | 'unfinished';

/** A closed month that was computed again from its facts. */
export type PeriodProof = {
  readonly period: Period;
  readonly status: ProofStatus;
  readonly statements: number;
  readonly entries: number;
  readonly balances: number;
  /** The first ones. */
  readonly differences: readonly Difference[];
  /** Differences beyond those that are named. */
  readonly unnamed: number;
};

/** What somebody had proved of a programme's books at an instant; kept for ever. */
export type AuditVerification = {
  readonly verificationId: string;
  readonly programId: string;
  readonly at: Instant;
  readonly endedAt: Instant;
  /** Principal id. */
  readonly by: string;
  readonly onBehalfOf?: string | undefined;
  readonly status: ProofStatus;
  readonly chain: {
    /** Where the chain ended when it was asked. */
    readonly head: AuditHead;
    /** The last record that holds, with all before it. */
    readonly through: AuditHead;
    /** Heads of earlier verifications that it passed through. */
    readonly earlierHeads: number;
    readonly broken?: ChainBreak | undefined;
  };
  /** The unfinished verification that it went on from. */
  readonly continues?: string | undefined;
  readonly period?: PeriodProof | undefined;
};

export type AuditVerifications = {
  add(verification: AuditVerification): Promise<void>;
  /** Newest first; consistently. `after`: a cursor that it gave. */
  list(
    programId: string,
    page: { readonly cursor?: string | undefined; readonly limit: number },
  ): Promise<{ readonly items: readonly AuditVerification[]; readonly nextCursor?: string | undefined }>;
};

/** What can be proved of a programme's books; `npm run verify` proves all of it. */
export const PROOFS = [
  'chain_links',
  'chain_end',
  'earlier_heads',
  'period_statements',
  'period_approvals',
  'period_journal',
  'effects_recorded',
  'other_periods',
  'tier_reviews',
] as const;
export type Proof = (typeof PROOFS)[number];

/** What a verification proved and what it did not look at, or not to the end. */
export function proofsOf({ chain, period, status }: AuditVerification): {
  readonly proved: readonly Proof[];
  readonly notProved: readonly Proof[];
} {
  const holds = chain.broken === undefined && chain.through.sequence === chain.head.sequence;
  const isProved: Partial<Record<Proof, boolean>> = {
    chain_links: holds,
    chain_end: holds,
    earlier_heads: holds && chain.earlierHeads > 0,
    period_statements: status !== 'unfinished' && period?.status === 'equal',
    period_approvals: status !== 'unfinished' && period?.status === 'equal',
    period_journal: status !== 'unfinished' && period?.status === 'equal',
  };
  return {
    proved: PROOFS.filter((proof) => isProved[proof] === true),
    notProved: PROOFS.filter((proof) => isProved[proof] !== true),
  };
}

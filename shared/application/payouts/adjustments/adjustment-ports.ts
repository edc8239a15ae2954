import type { AdjustmentStatus, ReasonCode } from '#shared/domain/ledger/adjustment';
import type { Currency } from '#shared/domain/money/money';
import type { Instant, Period } from '#shared/domain/time/instant';

export type AdjustmentLinks = { readonly disputeId?: string | undefined };

/** What an adjustment is, whoever has looked at it. */
export type AdjustmentContent = {
  readonly adjustmentId: string;
  readonly partnerId: string;
  /** The statement that pays it; of a proposed one the statement that would if it were approved now. */
  readonly period: Period;
  readonly occurredAt: Instant;
  readonly amountMinor: bigint;
  readonly currency: Currency;
  readonly reason: string;
  readonly reasonCode: ReasonCode;
  readonly links?: AdjustmentLinks | undefined;
  /** Principal id: who made an adjustment cannot approve the run that pays it. */
  readonly recordedBy: string;
  /** The person who made the API key that recorded it: excluded like the key. */
  readonly onBehalfOf?: string | undefined;
};

/** A fact: written once, paid by the statement of its period. */
export type RecordedAdjustment = AdjustmentContent & {
  readonly recordedAt: Instant;
  /** Set when it needed a second person: `recordedAt` is when that person approved. */
  readonly proposedAt?: Instant | undefined;
  readonly approvedBy?: string | undefined;
  readonly comment?: string | undefined;
};

export type AdjustmentDecision = {
  readonly decision: 'approve' | 'decline';
  readonly by: string;
  readonly at: Instant;
  readonly comment?: string | undefined;
};

/** An adjustment as it stands. */
export type Adjustment = AdjustmentContent & {
  readonly status: AdjustmentStatus;
  readonly recordedAt?: Instant | undefined;
  readonly proposedAt?: Instant | undefined;
  readonly decision?: AdjustmentDecision | undefined;
};

export type ProposedAdjustment = AdjustmentContent & { readonly proposedAt: Instant };

/** Which list a page is of: facts of a period, what was proposed for one, or all that waits for a decision. */
export type AdjustmentList =
  | { readonly of: 'recorded' | 'proposals'; readonly period: Period; readonly partnerId?: string | undefined }
  | { readonly of: 'pending'; readonly throughPeriod?: Period | undefined };

/** The last item of the page before, by what lists sort by. */
export type AdjustmentPlace = Pick<AdjustmentContent, 'adjustmentId' | 'partnerId' | 'period' | 'occurredAt'>;

export type AdjustmentStore = {
  /**
   * Stores a fact and adds it to what its maker recorded alone, both or neither. `above_limit` when that sum would pass
   * `limitMinor`; `exists` when there is an adjustment with its id already, also a proposed one; `contended` when another
   * writer was faster: nothing is stored, and the period has to be stamped anew.
   */
  record(
    programId: string,
    adjustment: RecordedAdjustment,
    limitMinor?: bigint,
  ): Promise<'recorded' | 'above_limit' | 'exists' | 'contended'>;
  /** Stores a proposal, which pays nothing; false when there is an adjustment with its id already. */
  propose(programId: string, adjustment: ProposedAdjustment): Promise<boolean>;
  /**
   * Ends a proposal and, on approval, stores the fact, both or neither; `contended` when it was decided meanwhile or another
   * writer was faster: nothing is stored.
   */
  decide(
    programId: string,
    proposal: AdjustmentContent,
    decision: AdjustmentDecision,
    recorded: RecordedAdjustment | undefined,
  ): Promise<'stored' | 'contended'>;
  /** Read consistently. */
  find(programId: string, adjustmentId: string): Promise<Adjustment | undefined>;
  /** By partner, then time, then id; what is pending by period first. From an index, so a moment late. */
  list(
    programId: string,
    list: AdjustmentList,
    page: { readonly after?: AdjustmentPlace | undefined; readonly limit: number },
  ): Promise<{ readonly items: readonly Adjustment[]; readonly more: boolean }>;
  /** Facts of a statement by `occurredAt`, then id. */
  ofPartner(programId: string, partnerId: string, period: Period): Promise<readonly RecordedAdjustment[]>;
  /** Facts of a period, of every partner, by partner, then as above. */
  ofPeriod(programId: string, period: Period): AsyncIterable<RecordedAdjustment>;
  /** Principal ids of all who made an adjustment in the period, and of the people behind their API keys. */
  makers(programId: string, period: Period): Promise<ReadonlySet<string>>;
};

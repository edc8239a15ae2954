import type { Page } from '#shared/application/ports';
import type { Code } from '#shared/application/referrals/ports';
import type { ListQuery } from '#shared/application/tracking/ports';
import type { Instant } from '#shared/domain/time/instant';
import type { OfferTerms } from '#shared/domain/tracking/discount';
import type { SeatShard } from '#shared/domain/tracking/seats';

/** A code with what its customers read about it. */
export type StoredCode = Code & {
  /** The programme's name at the time: who pays. */
  readonly merchantName: string;
  /** Who is paid, as customers shall read it. */
  readonly payeeName: string;
  /** Where the one button of the offer leads. */
  readonly destination?: string | undefined;
  /** Whether a person chose it, so that others may guess it; absent: from before it was kept, taken as chosen. */
  readonly isChosen?: boolean | undefined;
  /** The request that made it together with others. */
  readonly batchId?: string | undefined;
  /** How often it was changed; absent: never. */
  readonly version?: number | undefined;
  readonly createdAt: Instant;
};

/** What can change of a code; whom it pays never does. */
export type CodeContent = OfferTerms &
  Pick<
    StoredCode,
    | 'description'
    | 'destination'
    | 'payeeName'
    | 'maxRedemptions'
    | 'maxPerCustomer'
    | 'validFrom'
    | 'validUntil'
    | 'disabled'
  >;

/** Some of it; what is undefined is not there. */
export type CodeContentPart = { readonly [K in keyof CodeContent]?: CodeContent[K] | undefined };

/** That a code was changed: written once, never changed. */
export type CodeChange = {
  /** 1, 2, 3 ... within the code. */
  readonly sequence: number;
  readonly at: Instant;
  readonly by: string;
  /** The person who made the API key that called. */
  readonly onBehalfOf?: string | undefined;
  /** Only what differs; a field that one of them is without was not there. */
  readonly before: CodeContentPart;
  readonly after: CodeContentPart;
};

/** What a request that makes many codes needs to make the same ones again. */
export type CodeBatch = {
  /** Secret: every code follows from it. */
  readonly seed: string;
  readonly contentHash: string;
};

/** A new limit with the seats as they were read. */
export type NewLimit = { readonly limit: number; readonly shards: readonly SeatShard[] };

export type CodeCatalogue = {
  /** A mistyped code is answered without a read. */
  find(canonical: string): Promise<StoredCode | undefined>;
  add(code: StoredCode, requestId: string): Promise<'added' | 'taken' | 'request_done' | 'contended'>;
  /** All of them or, if one is taken or contended, none. */
  addAll(codes: readonly StoredCode[]): Promise<'added' | 'refused'>;
  /** What the request created before. */
  createdBy(programId: string, requestId: string): Promise<StoredCode | undefined>;
  /** Keeps the batch of a request, and answers the one that was kept first. */
  openBatch(programId: string, requestId: string, batch: CodeBatch): Promise<CodeBatch>;
  /** One transaction with its record and, where the limit changes, all seats. `contended`: code or seats are others by now. */
  change(after: StoredCode, record: CodeChange, seats?: NewLimit): Promise<'changed' | 'contended'>;
  /** The newest changes of a code first, at most `limit`. */
  changes(programId: string, canonical: string, limit: number): Promise<readonly CodeChange[]>;
  list(programId: string, query: ListQuery): Promise<Page<StoredCode>>;
};

/** Confirmed redemptions, counted behind them within a minute or so. */
export type RedemptionCounts = {
  confirmed(programId: string, canonicals: readonly string[]): Promise<ReadonlyMap<string, number>>;
};

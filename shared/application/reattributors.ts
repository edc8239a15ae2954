import type { Instant, Period } from '#shared/domain/time/instant';

/** Who gave a sale to another partner, by hand or by deciding its dispute, or released one that was held; or who bound a customer. */
export type Reattributor = {
  /** Principal id. */
  readonly by: string;
  /** The person who made the API key `by`. */
  readonly onBehalfOf?: string | undefined;
  readonly at: Instant;
  /** Absent: it was given to another partner. `binding`: a customer was, with its sales from then on. */
  readonly kind?: 'release' | 'binding' | undefined;
};

/** What payouts may read of re-attributions: who let a sale into a month does not let its money out. */
export type ReattributorsReader = {
  /** Of the sales that count in `period` since they were re-attributed, oldest first. From an index, so a moment late. */
  inPeriod(programId: string, period: Period): Promise<readonly Reattributor[]>;
};

import type { Instant } from '#shared/domain/time/instant';

export type PayeeChange = {
  readonly partnerId: string;
  readonly by: string;
  /** The person who made the API key `by`. */
  readonly onBehalfOf?: string | undefined;
  readonly at: Instant;
  /** The end of its cool-down; absent: it could be paid at once. */
  readonly usableFrom?: Instant | undefined;
};

/** Who changed bank details, without the details: who did so since the last run cannot approve the next (design.md, Closing a month). */
export type PayeeChangesReader = {
  /** Changes at or after `since`, oldest first. `by` is a principal id such as `person:4f1c`. */
  since(programId: string, since: Instant): Promise<readonly PayeeChange[]>;
};

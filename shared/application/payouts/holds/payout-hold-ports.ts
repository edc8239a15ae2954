import type { Instant } from '#shared/domain/time/instant';

/** That a person keeps a partner's payouts back, until a person lets them go: two records, neither of which ever changes. */
export type PayoutHold = {
  readonly programId: string;
  readonly holdId: string;
  readonly partnerId: string;
  readonly reason: string;
  readonly by: string;
  readonly at: Instant;
  /** Absent while the hold is in force. */
  readonly release?: PayoutHoldRelease | undefined;
};

export type PayoutHoldRelease = { readonly reason: string; readonly by: string; readonly at: Instant };

/** Standing holds of a programme; every read is consistent. */
export type PayoutHolds = {
  /** Answers the stored hold when the id is taken, so that a repeat is seen. */
  hold(hold: PayoutHold): Promise<PayoutHold>;
  /** False when the hold was released before. */
  release(hold: PayoutHold, release: PayoutHoldRelease): Promise<boolean>;
  find(programId: string, partnerId: string, holdId: string): Promise<PayoutHold | undefined>;
  /** By partner, then id; of one partner if given. */
  all(
    programId: string,
    of?: {
      readonly partnerId?: string | undefined;
      readonly after?: { readonly partnerId: string; readonly holdId: string } | undefined;
    },
  ): AsyncIterable<PayoutHold>;
};

/** Whether a hold kept payouts back at an instant. */
export function isInForce({ at, release }: PayoutHold, asOf: Instant): boolean {
  return at <= asOf && (release === undefined || release.at > asOf);
}

/**
 * Whether a partner was held at any time after an instant: read when a payout is about to leave, with the instant of the review that
 * approved it. Who releases a hold that came later lets money out behind the approvers' backs, so that it leaves with the next run.
 */
export async function wasHeldAfter(
  holds: Pick<PayoutHolds, 'all'>,
  programId: string,
  partnerId: string,
  after: Instant,
): Promise<boolean> {
  for await (const hold of holds.all(programId, { partnerId })) if (heldAfter(hold, after)) return true;
  return false;
}

/** The same of all partners of a programme at once: most never had a hold. */
export async function partnersHeldAfter(
  holds: Pick<PayoutHolds, 'all'>,
  programId: string,
  after: Instant,
): Promise<ReadonlySet<string>> {
  const held = new Set<string>();
  for await (const hold of holds.all(programId)) if (heldAfter(hold, after)) held.add(hold.partnerId);
  return held;
}

function heldAfter({ release }: PayoutHold, after: Instant): boolean {
  return !release || release.at > after;
}

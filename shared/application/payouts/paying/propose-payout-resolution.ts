import { Failure } from '#shared/application/failure';
import type { PayoutResolutions, Payouts } from '#shared/application/payouts/ledger/ledger-ports';
import type { Clock } from '#shared/application/ports';
import { isFileRail, type Payout } from '#shared/domain/ledger/payout';
import type { ChangeEvidence } from '#shared/domain/ledger/payout-history';
import {
  type PayoutResolution,
  type ResolvableAnswer,
  type ResolvedOutcome,
  weighResolution,
} from '#shared/domain/ledger/payout-resolution';
import { toInstant } from '#shared/domain/time/instant';

/** One decision ends the others: more than a few that wait are a mistake or mischief. */
const MAX_WAITING = 20;

export type ProposePayoutResolution = (input: {
  readonly programId: string;
  readonly payoutId: string;
  /** The same for a repeat. */
  readonly resolutionId: string;
  readonly outcome: ResolvedOutcome;
  readonly evidence: ChangeEvidence;
  readonly by: string;
  readonly onBehalfOf?: string | undefined;
}) => Promise<PayoutResolution>;

/**
 * Proposes what became of a payout that its rail says nothing of, by evidence: of a person, or of a bank's report. It changes
 * nothing until another person confirms it (`makeDecidePayoutResolution`). A repeat answers what was stored.
 * @throws Failure not_found; payout_not_resolvable (with `payoutStatus`) saying why, and what to do instead
 */
export function makeProposePayoutResolution(deps: {
  readonly payouts: Pick<Payouts, 'get'>;
  readonly resolutions: Pick<PayoutResolutions, 'propose' | 'get' | 'ofPayout'>;
  readonly clock: Clock;
}): ProposePayoutResolution {
  return async ({ programId, payoutId, resolutionId, outcome, evidence, by, onBehalfOf }) => {
    const known = await deps.resolutions.get(programId, payoutId, resolutionId);
    if (known) return known;
    const payout = await deps.payouts.get(programId, payoutId);
    if (!payout) throw new Failure('not_found', `There is no payout ${payoutId}; GET .../payouts lists them.`);
    const proposedAt = toInstant(deps.clock());
    assertResolvable(payout, outcome, weighResolution(payout, outcome, proposedAt));
    const waiting = (await deps.resolutions.ofPayout(programId, payoutId)).filter(
      ({ status }) => status === 'proposed',
    );
    if (waiting.length >= MAX_WAITING)
      throw refusal(payout, `${MAX_WAITING} proposals wait already: decide on them first.`);
    const resolution: PayoutResolution = {
      resolutionId,
      programId,
      payoutId,
      partnerId: payout.partnerId,
      runId: payout.runId,
      outcome,
      evidence,
      proposedBy: by,
      onBehalfOf,
      proposedAt,
      seenStatus: payout.status,
      seenChanges: payout.changes ?? 0,
      status: 'proposed',
    };
    if ((await deps.resolutions.propose(resolution)) === 'applied') return resolution;
    return (await deps.resolutions.get(programId, payoutId, resolutionId)) ?? resolution;
  };
}

/** @throws Failure payout_not_resolvable unless the outcome may be booked of the payout as it is now */
export function assertResolvable(payout: Payout, outcome: ResolvedOutcome, answer: ResolvableAnswer): void {
  if (answer === 'possible') return;
  throw refusal(payout, reasonOf(payout, outcome, answer));
}

function reasonOf(payout: Payout, outcome: ResolvedOutcome, answer: Exclude<ResolvableAnswer, 'possible'>): string {
  switch (answer) {
    case 'not_handed_over':
      return isFileRail(payout.rail)
        ? "Its run has not written the bank's file yet: let the run end, or open its month again if it failed."
        : 'It was not handed to a rail: there is nothing to resolve. GET the payout, it says what it waits for.';
    case 'in_flight':
      return 'A request to its rail may be under way: ask the rail, or come back an hour after the last attempt.';
    case 'says_nothing_new':
      return payout.status === 'failed' || payout.status === 'returned'
        ? `It is ${payout.status}, and its amount is in the partner's balance again. If the money arrived after all, record an adjustment that takes it back.`
        : `It is ${payout.status} and cannot become ${outcome}.`;
  }
}

export function refusal({ status }: Payout, detail: string): Failure {
  return new Failure('payout_not_resolvable', detail, { extra: { payoutStatus: status } });
}

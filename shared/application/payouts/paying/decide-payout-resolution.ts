import { Failure } from '#shared/application/failure';
import type { PayoutResolutions, Payouts } from '#shared/application/payouts/ledger/ledger-ports';
import type { Clock } from '#shared/application/ports';
import { type RetryDeps, retryContended } from '#shared/application/retry-contended';
import type { PayoutChange } from '#shared/domain/ledger/payout';
import {
  changesTo,
  type PayoutResolution,
  type ResolutionAnswer,
  weighResolution,
  weighResolutionDecision,
} from '#shared/domain/ledger/payout-resolution';
import { type Instant, toInstant } from '#shared/domain/time/instant';
import { assertResolvable, refusal } from './propose-payout-resolution.ts';

export type DecidePayoutResolution = (input: {
  readonly programId: string;
  readonly payoutId: string;
  readonly resolutionId: string;
  readonly decision: 'confirm' | 'decline';
  readonly comment?: string | undefined;
  readonly by: string;
  /** Partners that the caller acts for. */
  readonly ownPartners: readonly string[];
}) => Promise<PayoutResolution>;

/**
 * Decides on what became of a payout, as a second person:
 * 1. never who proposed it, nor who made the key that did, nor who acts for its partner; 2. what is confirmed is what was
 * proposed on: once the payout has moved, only declining is left; 3. confirmed, the payout takes the steps that lead to the
 * outcome, with entries, balance and history, in the transaction that ends the proposal. The same decision by the same person
 * again changes nothing; a lost race is looked at again.
 * @throws Failure not_found, second_person_required, resolution_not_proposed (with `resolutionStatus`), payout_not_resolvable
 *   (with `payoutStatus`), temporarily_unavailable
 */
export function makeDecidePayoutResolution(
  deps: {
    readonly payouts: Pick<Payouts, 'get'>;
    readonly resolutions: Pick<PayoutResolutions, 'get' | 'decide'>;
    readonly clock: Clock;
  } & RetryDeps,
): DecidePayoutResolution {
  const find = async (programId: string, payoutId: string, resolutionId: string): Promise<PayoutResolution> => {
    const resolution = await deps.resolutions.get(programId, payoutId, resolutionId);
    if (resolution) return resolution;
    throw new Failure(
      'not_found',
      `Payout ${payoutId} has no resolution ${resolutionId}; GET the payout, it lists them.`,
    );
  };
  const changesOf = async (resolution: PayoutResolution, by: string, at: Instant): Promise<readonly PayoutChange[]> => {
    const { programId, payoutId, resolutionId, outcome, proposedBy } = resolution;
    const payout = await deps.payouts.get(programId, payoutId);
    if (!payout) throw new Error(`payout ${payoutId} is not stored`);
    if ((payout.changes ?? 0) !== resolution.seenChanges) {
      throw refusal(
        payout,
        `It has become ${payout.status} since this was proposed: decline it, look again, and propose anew.`,
      );
    }
    assertResolvable(payout, outcome, weighResolution(payout, outcome, at));
    return changesTo(payout, outcome, at, { by, evidence: { ...resolution.evidence, resolutionId, proposedBy } });
  };
  return ({ programId, payoutId, resolutionId, decision, comment, by, ownPartners }) =>
    retryContended(deps, async () => {
      const resolution = await find(programId, payoutId, resolutionId);
      const answer = weighResolutionDecision(resolution, { decision, by, ownPartners });
      if (answer === 'repeated') return resolution;
      if (answer !== 'accepted') throw refusalOf(resolution, answer);
      const at = toInstant(deps.clock());
      const changes = decision === 'confirm' ? await changesOf(resolution, by, at) : [];
      const said = { decision, by, at, ...(comment === undefined ? {} : { comment }) };
      const stored = await deps.resolutions.decide(resolution, said, changes);
      return stored === 'refused' ? 'contended' : find(programId, payoutId, resolutionId);
    });
}

function refusalOf({ status }: PayoutResolution, answer: Exclude<ResolutionAnswer, 'accepted' | 'repeated'>): Failure {
  if (answer === 'own_proposal') {
    return new Failure(
      'second_person_required',
      'You proposed this, or your API key did: ask somebody else to decide.',
    );
  }
  if (answer === 'own_partner') {
    return new Failure('second_person_required', 'You act for the partner of this payout: ask somebody else.');
  }
  return new Failure('resolution_not_proposed', `The resolution is ${status}: there is nothing to decide.`, {
    extra: { resolutionStatus: status },
  });
}

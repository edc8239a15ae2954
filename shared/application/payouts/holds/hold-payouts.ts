import { Failure } from '#shared/application/failure';
import type { PartnerTermsReader } from '#shared/application/partner-terms';
import type { Clock } from '#shared/application/ports';
import type { ProgramReader } from '#shared/application/programs';
import { toInstant } from '#shared/domain/time/instant';
import type { PayoutHold, PayoutHolds } from './payout-hold-ports.ts';

export type HoldPayouts = (input: {
  readonly programId: string;
  readonly partnerId: string;
  readonly holdId: string;
  readonly reason: string;
  readonly by: string;
}) => Promise<PayoutHold>;

/**
 * Keeps a partner's payouts back until somebody releases them: those of a run that is being reviewed or paid too, as long as they
 * were not handed over. Its statements and balance go on. A second hold is another reason: each is released by itself.
 * @throws Failure unknown_program, unknown_partner
 */
export function makeHoldPayouts(deps: {
  programs: Pick<ProgramReader, 'get'>;
  partners: Pick<PartnerTermsReader, 'terms'>;
  holds: Pick<PayoutHolds, 'hold'>;
  clock: Clock;
}): HoldPayouts {
  return async (input) => {
    await deps.programs.get(input.programId);
    if (!(await deps.partners.terms(input.programId, input.partnerId))) {
      throw new Failure('unknown_partner', 'Check the partner id; GET .../partners lists them.', {
        errors: [{ pointer: 'path:partnerId', rule: 'must be a partner of this programme' }],
      });
    }
    return deps.holds.hold({ ...input, at: toInstant(deps.clock()) });
  };
}

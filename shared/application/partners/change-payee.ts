import { Failure } from '#shared/application/failure';
import type { PartnerStore } from '#shared/application/partners/ports';
import { type Payee, type PayeeSummary, samePayee, summarisePayee } from '#shared/application/payees';
import type { Clock } from '#shared/application/ports';
import { toInstant } from '#shared/domain/time/instant';

export type ChangePayee = {
  readonly programId: string;
  readonly partnerId: string;
  readonly payee: Payee;
  readonly changeId: string;
  readonly by: string;
  /** The person who made the API key that calls. */
  readonly onBehalfOf?: string | undefined;
};

type Dependencies = { partners: PartnerStore; clock: Clock };

/**
 * Says where a partner is paid from now on and records who said so, without the details. The same details change nothing.
 * @throws Failure not_found
 */
export function makeChangePayee({ partners, clock }: Dependencies) {
  return async ({ programId, partnerId, payee, changeId, by, onBehalfOf }: ChangePayee): Promise<PayeeSummary> => {
    const [profile, current] = await Promise.all([
      partners.profile(programId, partnerId),
      partners.payee(programId, partnerId),
    ]);
    if (!profile) throw new Failure('not_found', 'There is no such partner.');
    if (!current || !samePayee(current.payee, payee)) {
      await partners.changePayee(
        programId,
        partnerId,
        {
          payeeId: changeId,
          payee,
          changedAt: toInstant(clock()),
          changedBy: by,
          ...(onBehalfOf === undefined ? {} : { onBehalfOf }),
        },
        changeId,
      );
    }
    return summarisePayee(payee);
  };
}

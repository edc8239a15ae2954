import { Failure } from '#shared/application/failure';
import { type AgreementView, findVersion, viewAgreement } from '#shared/application/partners/agreement-view';
import { changeAgreements, readBooks } from '#shared/application/partners/change-agreements';
import type { PartnerStore } from '#shared/application/partners/ports';
import type { Clock } from '#shared/application/ports';
import type { ProgramReader } from '#shared/application/programs';
import { toInstant } from '#shared/domain/time/instant';

export type WithdrawAgreement = {
  readonly programId: string;
  readonly partnerId: string;
  readonly agreementId: string;
  readonly reason?: string | undefined;
  readonly by: string;
  /** The person who made the API key that calls. */
  readonly onBehalfOf?: string | undefined;
};

type Dependencies = { partners: PartnerStore; programs: ProgramReader; clock: Clock };

/**
 * Takes a proposed version back, which also frees what it promised exclusively. A repeat answers the same.
 * @throws Failure unknown_program, not_found, agreement_not_open (it counts already), temporarily_unavailable
 */
export function makeWithdrawAgreement({ partners, programs, clock }: Dependencies) {
  return async (input: WithdrawAgreement): Promise<AgreementView> => {
    const { programId, agreementId, by, onBehalfOf, reason } = input;
    const shownBy = await readBooks(programs, programId);
    const now = toInstant(clock());
    const standing = await changeAgreements({ partners, programs }, { ...input, now }, (before) => {
      const { agreement, proposal } = findVersion(before, agreementId);
      if (agreement) {
        throw new Failure('agreement_not_open', 'This version counts already. Terminate it, or add another version.');
      }
      if (!proposal || proposal.withdrawnAt !== undefined) return undefined;
      const withdrawn = { ...proposal, withdrawnAt: now };
      return {
        standing: {
          ...before,
          proposals: before.proposals?.map((other) => (other === proposal ? withdrawn : other)),
        },
        writes: {
          record: { kind: 'withdrawn', agreementId, at: now, by, onBehalfOf, reason },
        },
      };
    });
    return viewAgreement(standing, agreementId, now, shownBy);
  };
}

import { Failure } from '#shared/application/failure';
import type { AgreementRecord } from '#shared/application/partners/agreement-ports';
import { type AgreementView, viewAgreement } from '#shared/application/partners/agreement-view';
import { readBooks } from '#shared/application/partners/change-agreements';
import type { PartnerStore } from '#shared/application/partners/ports';
import type { Clock } from '#shared/application/ports';
import type { ProgramReader } from '#shared/application/programs';
import type { Component } from '#shared/domain/plan/plan';
import { toInstant } from '#shared/domain/time/instant';

export type WholeAgreement = {
  readonly agreement: AgreementView;
  readonly text: string | undefined;
  readonly components: readonly Component[] | undefined;
  readonly records: readonly AgreementRecord[];
};

type Dependencies = {
  partners: Pick<PartnerStore, 'standing' | 'components' | 'agreementText' | 'agreementRecords'>;
  programs: ProgramReader;
  clock: Clock;
};

/** A version with its text, its components and what happened to it. @throws Failure unknown_program, not_found */
export function makeGetAgreement({ partners, programs, clock }: Dependencies) {
  return async (at: { programId: string; partnerId: string; agreementId: string }): Promise<WholeAgreement> => {
    const { programId, partnerId, agreementId } = at;
    const books = await readBooks(programs, programId);
    const standing = await partners.standing(programId, partnerId);
    if (!standing) throw new Failure('not_found', 'There is no such partner.');
    const agreement = viewAgreement(standing, agreementId, toInstant(clock()), books);
    const [text, components, records] = await Promise.all([
      agreement.textHash === undefined ? undefined : partners.agreementText(programId, partnerId, agreementId),
      agreement.custom ? partners.components(programId, partnerId, agreement.planVersion) : undefined,
      partners.agreementRecords(programId, partnerId, agreementId),
    ]);
    return { agreement, text, components, records };
  };
}

import { Failure } from '#shared/application/failure';
import { type AgreementView, viewAgreements } from '#shared/application/partners/agreement-view';
import { readBooks } from '#shared/application/partners/change-agreements';
import { type PayeeView, viewPayee } from '#shared/application/partners/change-payee';
import type { PartnerProfile, PartnerStore, Standing } from '#shared/application/partners/ports';
import type { Clock } from '#shared/application/ports';
import type { ProgramReader } from '#shared/application/programs';
import { whatToDo } from '#shared/domain/ledger/blocked-words';
import { payeeProblem } from '#shared/domain/ledger/payee-problem';
import type { BlockedReason } from '#shared/domain/ledger/payout';
import { agreementInForce, tierInForce } from '#shared/domain/partner/terms';
import { type Instant, toInstant } from '#shared/domain/time/instant';

export type PartnerView = {
  readonly profile: PartnerProfile;
  readonly standing: Standing;
  readonly payee: PayeeView | undefined;
  /** Why nothing can be paid to the partner now, as far as its payee is the reason, in the programme's currency. */
  readonly blocked?: { readonly reason: BlockedReason; readonly whatToDo: string } | undefined;
  /** Every version, proposals among them. */
  readonly agreements: readonly AgreementView[];
} & CurrentTerms;

export type CurrentTerms = { readonly tier: string | undefined; readonly planVersion: number | undefined };

type Dependencies = { partners: PartnerStore; programs: ProgramReader; clock: Clock };

/** @throws Failure unknown_program, not_found */
export function makeGetPartner({ partners, programs, clock }: Dependencies) {
  return async ({ programId, partnerId }: { programId: string; partnerId: string }): Promise<PartnerView> => {
    const [standing, profile, recorded] = await Promise.all([
      partners.standing(programId, partnerId),
      partners.profile(programId, partnerId),
      partners.payee(programId, partnerId),
    ]);
    if (!standing || !profile) throw new Failure('not_found', 'There is no such partner.');
    const now = toInstant(clock());
    const { currency } = await programs.get(programId);
    const blocked = payeeProblem(recorded && { rail: recorded.shown.rail, ...recorded }, now, currency);
    const books = await readBooks(programs, programId);
    const agreements = viewAgreements(standing, now, books);
    return {
      standing,
      profile,
      payee: recorded && viewPayee(recorded),
      ...(blocked && { blocked: { reason: blocked, whatToDo: whatToDo(blocked, { ...recorded, currency }) } }),
      agreements,
      ...currentTerms(standing, now),
    };
  };
}

/** The tier and the plan version in force at an instant. */
export function currentTerms(standing: Standing, at: Instant): CurrentTerms {
  return {
    tier: tierInForce(standing.tiers, at)?.tier,
    planVersion: agreementInForce(standing.agreements, at)?.planVersion,
  };
}

import { Failure } from '#shared/application/failure';
import type { AgreementProposal, RecordedAgreement } from '#shared/application/partners/agreement-ports';
import type { Books } from '#shared/application/partners/change-agreements';
import type { Standing } from '#shared/application/partners/ports';
import {
  type AgreementStatus,
  agreementStatus,
  isCustomPlanVersion,
  proposalStatus,
} from '#shared/domain/partner/agreement';
import { currentTermEnd, noticeBy } from '#shared/domain/partner/agreement-term';
import { effectiveInstant } from '#shared/domain/partner/terms';
import type { Instant } from '#shared/domain/time/instant';
import type { TimeZone } from '#shared/domain/time/time-zone';

/** A version as readers see it at an instant. Of a proposal, start and end are as they were asked for. */
export type AgreementView = (RecordedAgreement | AgreementProposal) & {
  readonly acceptedAt?: Instant | undefined;
  readonly terminatedAt?: Instant | undefined;
  readonly withdrawnAt?: Instant | undefined;
  readonly status: AgreementStatus;
  /** Pays by components of its own. */
  readonly custom: boolean;
  /** Only of a proposal: its start, were it accepted now. Nothing starts in a closed period. */
  readonly takesEffectAt?: Instant | undefined;
  /** End of the term that runs, or of the first one. */
  readonly currentTermEndsAt?: Instant | undefined;
  /** Notice given until then ends it with the current term. Only of an agreement that would roll on. */
  readonly noticeBy?: Instant | undefined;
};

/** A version of the partner by its id. @throws Failure not_found */
export function findVersion(
  { agreements, proposals = [] }: Pick<Standing, 'agreements' | 'proposals'>,
  agreementId: string,
): { readonly agreement?: RecordedAgreement | undefined; readonly proposal?: AgreementProposal | undefined } {
  const agreement = agreements.find((version) => version.agreementId === agreementId);
  const proposal = proposals.find((version) => version.agreementId === agreementId);
  if (agreement || proposal) return { agreement, proposal };
  throw new Failure('not_found', 'This partner has no such agreement.', {
    errors: [{ pointer: 'path:agreementId', rule: 'must be an agreement of the partner' }],
  });
}

/** @throws Failure not_found */
export function viewAgreement(standing: Standing, agreementId: string, at: Instant, books: Books): AgreementView {
  const { agreement, proposal } = findVersion(standing, agreementId);
  if (agreement) return viewVersion(agreement, standing, at, books.zone);
  if (proposal) return viewProposal(proposal, books);
  throw new Error('a version that was found is an agreement or a proposal');
}

/** Every version in the order in which it was recorded or accepted. */
export function viewAgreements(standing: Standing, at: Instant, books: Books): readonly AgreementView[] {
  const { agreements, proposals = [] } = standing;
  const views = [
    ...agreements.map((agreement) => viewVersion(agreement, standing, at, books.zone)),
    ...proposals.map((proposal) => viewProposal(proposal, books)),
  ];
  return views.toSorted((a, b) => a.sequence - b.sequence);
}

function viewProposal(proposal: AgreementProposal, { closedThrough, zone }: Books): AgreementView {
  const status = proposalStatus(proposal);
  const view = { ...proposal, status, custom: isCustomPlanVersion(proposal.planVersion) };
  return status === 'proposed'
    ? { ...view, takesEffectAt: effectiveInstant(proposal.from, closedThrough, zone) }
    : view;
}

function viewVersion(
  agreement: RecordedAgreement,
  { agreements }: Standing,
  at: Instant,
  zone: TimeZone,
): AgreementView {
  const status = agreementStatus(agreement, agreements, at);
  const view = { ...agreement, status, custom: isCustomPlanVersion(agreement.planVersion) };
  if (status !== 'in_force' && status !== 'scheduled') return view;
  const termEndsAt = currentTermEnd(agreement, at, zone);
  if (termEndsAt === undefined) return view;
  const rollsOn = agreement.renewal === 'automatic' && agreement.endsAt === undefined;
  const lastNotice = rollsOn ? noticeBy(termEndsAt, agreement.noticeDays ?? 0, zone) : undefined;
  return {
    ...view,
    currentTermEndsAt: termEndsAt,
    ...(lastNotice === undefined ? {} : { noticeBy: lastNotice }),
  };
}

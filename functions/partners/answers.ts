import type * as z from 'zod';
import { agreementAnswer } from '#functions/partners/agreement-answers';
import type { PartnerView } from '#shared/application/partners/get-partner';
import type { ApiKey, Certification, RecordedTier } from '#shared/application/partners/ports';
import type { apiKeySummarySchema } from '#shared/contracts/partners/api-key';
import type { certificationSchema, getPartnerRoute, tierTermSchema } from '#shared/contracts/partners/get-partner';
import type { OpenWarning } from '#shared/domain/partner/tiers/review-partner';

type WarningAnswer = NonNullable<z.input<typeof getPartnerRoute.response>['tierWarning']>;

/** What the API shows of the service's records: named fields only, so that a new one is not shown by accident. */
export function tierAnswer({
  tierTermId,
  tier,
  from,
  until,
  source,
  reason,
  sequence,
  recordedAt,
}: RecordedTier): z.input<typeof tierTermSchema> {
  return { tierTermId, tier, from, until, source, reason, sequence, recordedAt };
}

function warningAnswer({ tier, to, warnedAt, endsAt }: OpenWarning): WarningAnswer {
  return { tier, to, warnedAt, endsAt };
}

export function certificationAnswer(held: Certification): z.input<typeof certificationSchema> {
  const { certificationId, certification, certifiedAt, expiresAt, revokedAt, courseId } = held;
  return { certificationId, certification, certifiedAt, expiresAt, revokedAt, courseId };
}

export function partnerAnswer(view: PartnerView): z.input<typeof getPartnerRoute.response> {
  const { standing, profile, payee, blocked, tier, planVersion } = view;
  return {
    partnerId: standing.partnerId,
    name: profile.name,
    email: profile.email,
    country: profile.country,
    tier,
    planVersion,
    agreements: view.agreements.map(agreementAnswer),
    tiers: standing.tiers.map(tierAnswer),
    tierWarning: standing.tierWarning && warningAnswer(standing.tierWarning),
    certifications: standing.certifications.map(certificationAnswer),
    payee,
    blockedReason: blocked?.reason,
    whatToDo: blocked?.whatToDo,
    createdAt: standing.createdAt,
  };
}

export function apiKeyAnswer(key: ApiKey): z.input<typeof apiKeySummarySchema> {
  const { keyId, name, role, programId, createdAt, createdBy, onBehalfOf, revokedAt } = key;
  return { keyId, name, role, programId, createdAt, createdBy: onBehalfOf ?? createdBy, revokedAt };
}

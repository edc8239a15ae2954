import type { EarnedCertificate } from '#shared/application/partners/training/training-ports';
import type { DomainEvent } from '#shared/contracts/events';

type CertificationEarned = Extract<DomainEvent, { type: 'certification.earned' }>;

/** What the world hears of a certificate that a course earned: ids and dates. The same certificate has the same id. */
export function certificationEarnedEvent(certificate: EarnedCertificate): CertificationEarned {
  const { programId, partnerId, certificationId, certification, earnedAt, expiresAt } = certificate;
  return {
    type: 'certification.earned',
    eventId: `certification-earned~${programId}~${partnerId}~${certificationId}`,
    programId,
    partnerId,
    occurredAt: earnedAt,
    certificationId,
    certification,
    ...(expiresAt === undefined ? {} : { expiresAt }),
  };
}

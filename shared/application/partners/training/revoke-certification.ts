import { Failure } from '#shared/application/failure';
import { changeStanding } from '#shared/application/partners/change-standing';
import type { PartnerStore, Standing } from '#shared/application/partners/ports';
import type { TrainingWrites } from '#shared/application/partners/training/training-ports';
import type { Clock } from '#shared/application/ports';
import { certificateStatus } from '#shared/domain/partner/training/certificate';
import { toInstant } from '#shared/domain/time/instant';

export type RevokeCertification = {
  readonly programId: string;
  readonly partnerId: string;
  readonly certificationId: string;
  readonly reason: string;
  readonly by: string;
};

type Dependencies = { partners: PartnerStore; clock: Clock };

/**
 * A certification counts no more from now on, whether it was earned or recorded by hand; what it counted for before stays, so that
 * history comes out the same. The first revocation stays, with its reason.
 * @throws Failure not_found, certification_not_held (it has expired), temporarily_unavailable
 */
export function makeRevokeCertification({ partners, clock }: Dependencies) {
  return async (input: RevokeCertification): Promise<void> => {
    const { programId, partnerId, certificationId, reason, by } = input;
    const now = toInstant(clock());
    const revocation = { certificationId, reason, at: now, by };
    const training: TrainingWrites = { revocation };
    const change = (standing: Standing): Standing | undefined => {
      const held = standing.certifications.find((candidate) => candidate.certificationId === certificationId);
      if (!held) throw new Failure('not_found', 'The partner has no such certification.');
      if (held.revokedAt !== undefined) return undefined;
      if (certificateStatus(held, now) === 'expired') {
        throw new Failure('certification_not_held', `It expired at ${held.expiresAt}: there is nothing to revoke.`);
      }
      const certifications = standing.certifications.map((candidate) =>
        candidate === held ? { ...held, revokedAt: now } : candidate,
      );
      return { ...standing, certifications };
    };
    await changeStanding(partners, { programId, partnerId, now }, change, () => ({ training }));
  };
}

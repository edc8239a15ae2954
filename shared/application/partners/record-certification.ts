import { changeStanding, requireRoom } from '#shared/application/partners/change-standing';
import type { Certification, PartnerStore, Standing } from '#shared/application/partners/ports';
import type { Clock } from '#shared/application/ports';
import { type Instant, toInstant } from '#shared/domain/time/instant';

export type RecordCertification = {
  readonly programId: string;
  readonly partnerId: string;
  /** The same for a repeat of the same request. */
  readonly certificationId: string;
  readonly certification: string;
  readonly certifiedAt: Instant;
  readonly expiresAt?: Instant | undefined;
  readonly by: string;
};

type Dependencies = { partners: PartnerStore; clock: Clock };

/**
 * Records that a partner holds a certification, with a record of its own for the audit chain; the next review counts it. A repeat with the same id answers the first one.
 * @throws Failure not_found, invalid_request, temporarily_unavailable
 */
export function makeRecordCertification({ partners, clock }: Dependencies) {
  return async (input: RecordCertification): Promise<Certification> => {
    const now = toInstant(clock());
    let added: Certification | undefined;
    const change = (before: Standing): Standing | undefined => {
      added = undefined;
      if (before.certifications.some((held) => held.certificationId === input.certificationId)) return undefined;
      requireRoom(before.certifications);
      added = {
        certificationId: input.certificationId,
        certification: input.certification,
        certifiedAt: input.certifiedAt,
        expiresAt: input.expiresAt,
        recordedAt: now,
        recordedBy: input.by,
      };
      return { ...before, certifications: [...before.certifications, added] };
    };
    const standing = await changeStanding(partners, { ...input, now }, change, () => ({ certification: added }));
    const held = standing.certifications.find((candidate) => candidate.certificationId === input.certificationId);
    if (!held) throw new Error('a saved standing must hold the certification that was added to it');
    return held;
  };
}

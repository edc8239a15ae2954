import { Failure } from '#shared/application/failure';
import type { PartnerDirectory } from '#shared/application/referrals/ports';

/** @throws Failure unknown_partner */
export async function requirePartner(partners: PartnerDirectory, programId: string, partnerId: string): Promise<void> {
  if (await partners.find(programId, partnerId)) return;
  throw new Failure('unknown_partner', 'Enrol the partner first, or send the id of one that is enrolled.', {
    errors: [{ pointer: '/partnerId', rule: 'is not a partner of this programme' }],
  });
}

import * as z from 'zod';
import { idSchema } from '#shared/contracts/fields';
import { partnerCertificateSchema } from '#shared/contracts/partners/training/training';
import { defineRoute } from '#shared/contracts/route';

export const revokeCertificationRoute = defineRoute({
  name: 'revoke-certification',
  service: 'partners',
  method: 'POST',
  path: '/v1/programs/{programId}/partners/{partnerId}/certifications/{certificationId}/revocation',
  summary: 'Revoke a certification',
  description:
    'It counts no more from now on; what it counted for before stays. The partner reads the reason, and may take the course again. The first revocation stays.',
  access: ['partner_manager', 'admin'],
  peopleOnly: true,
  params: z.object({ programId: idSchema, partnerId: idSchema, certificationId: idSchema }),
  body: z.strictObject({ reason: z.string().trim().min(1).max(500) }),
  status: 200,
  response: partnerCertificateSchema,
});

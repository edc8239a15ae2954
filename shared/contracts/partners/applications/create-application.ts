import * as z from 'zod';
import { idSchema } from '#shared/contracts/fields';
import { applicationFields, languageSchema } from '#shared/contracts/partners/applications/application';
import { defineRoute } from '#shared/contracts/route';
import { APPLICATION_STATUSES } from '#shared/domain/partner/application';

const receiptSchema = z.object({
  applicationId: z.string(),
  status: z.enum(APPLICATION_STATUSES),
  receivedAt: z.string(),
  lapsesAt: z.string().optional(),
});

export const createApplicationRoute = defineRoute({
  name: 'create-application',
  service: 'partners',
  method: 'POST',
  path: '/v1/programs/{programId}/applications',
  summary: "Hand in an application from the merchant's own form",
  description:
    'The applicant gets an e-mail and confirms its address; only then staff are asked to decide, and without it the application lapses after 7 days. An address has one application: one that waits or was accepted stays as it is, which answers 200.',
  access: ['merchant', 'partner_manager', 'admin'],
  params: z.object({ programId: idSchema }),
  body: z.strictObject({ ...applicationFields, language: languageSchema.default('en') }),
  status: 201,
  response: receiptSchema,
  repeated: receiptSchema,
});

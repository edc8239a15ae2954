import * as z from 'zod';
import { agreementParams, agreementSchema } from '#shared/contracts/partners/agreement';
import { defineRoute } from '#shared/contracts/route';

export const acceptAgreementRoute = defineRoute({
  name: 'accept-agreement',
  service: 'partners',
  method: 'POST',
  path: '/v1/programs/{programId}/partners/{partnerId}/agreements/{agreementId}/acceptance',
  summary: 'Accept a proposed version of an agreement',
  description:
    "By the partner's own person, who sends the hash of the text that was read, and the hash of its terms where it has components of its own; another hash is refused. A manager who holds a signed paper may record it by naming it. It takes effect at its start, or at the first instant of the first open period if that is later. Accepting the same text again answers the same.",
  access: ['partner', 'partner_manager', 'admin'],
  peopleOnly: true,
  params: agreementParams,
  body: z.strictObject({
    textHash: z.string().regex(/^[0-9a-f]{64}$/, 'must be a SHA-256 in lower-case hex, as the agreement shows it'),
    termsHash: z
      .string()
      .regex(/^[0-9a-f]{64}$/, 'must be a SHA-256 in lower-case hex, as the agreement shows it')
      .optional()
      .meta({ description: 'Of all that was read; needed where components of its own are accepted.' }),
    paperReference: z
      .string()
      .trim()
      .min(1)
      .max(200)
      .optional()
      .meta({ description: 'Managers only, and always: where the signed paper is kept.' }),
  }),
  status: 200,
  response: agreementSchema,
});

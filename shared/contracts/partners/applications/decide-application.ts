import * as z from 'zod';
import { idSchema, nameSchema, tierSchema } from '#shared/contracts/fields';
import { checkTerms, termsFields } from '#shared/contracts/partners/agreement-terms';
import {
  applicationSchema,
  MAX_MESSAGE_CHARACTERS,
  MAX_REASON_CHARACTERS,
} from '#shared/contracts/partners/applications/application';
import { defineRoute } from '#shared/contracts/route';

const acceptSchema = z
  .strictObject({
    decision: z.literal('accept'),
    partnerId: idSchema.optional().meta({ description: "Chosen by you; without one, the application's id." }),
    name: nameSchema.optional().meta({ description: 'Instead of the name that the applicant gave.' }),
    tier: tierSchema,
    ...termsFields,
  })
  .superRefine(checkTerms);

const declineSchema = z.strictObject({
  decision: z.literal('decline'),
  reason: z
    .string()
    .trim()
    .min(1)
    .max(MAX_REASON_CHARACTERS)
    .meta({ description: 'For staff; the applicant does not see it.' }),
  message: z
    .string()
    .trim()
    .min(1)
    .max(MAX_MESSAGE_CHARACTERS)
    .optional()
    .meta({ description: 'Your own words to the applicant, in the e-mail.' }),
});

export const decideApplicationRoute = defineRoute({
  name: 'decide-application',
  service: 'partners',
  method: 'POST',
  path: '/v1/programs/{programId}/applications/{applicationId}/decisions',
  summary: 'Accept or decline an application',
  description:
    'Accepting enrols the partner with these terms, as Enrol a partner does, in one write with the decision; the applicant gets an e-mail either way. The same person sending the same decision again is answered 200; any other decision about it is 409.',
  access: ['partner_manager', 'admin'],
  params: z.object({ programId: idSchema, applicationId: idSchema }),
  body: z.discriminatedUnion('decision', [acceptSchema, declineSchema]),
  status: 201,
  response: applicationSchema,
  repeated: applicationSchema,
});

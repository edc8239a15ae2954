import * as z from 'zod';
import { idSchema } from '#shared/contracts/fields';
import { batchProblemSchema, batchSchema } from '#shared/contracts/referrals/record-conversions';
import { defineRoute } from '#shared/contracts/route';
import { linkAnswerSchema } from '#shared/contracts/tracking/create-link';

export const createLinksRoute = defineRoute({
  name: 'create-links',
  service: 'tracking',
  method: 'POST',
  path: '/v1/programs/{programId}/links/batch',
  summary: 'Create up to 100 links',
  description:
    'Answers each item in the order sent: `status` 201 (new) or 200 (created before) with its `link`, or that of its `problem`. ' +
    'Send an Idempotency-Key, or links without a slug are made again by a repeat.',
  access: ['merchant', 'partner_manager', 'admin'],
  params: z.object({ programId: idSchema }),
  body: batchSchema,
  status: 200,
  response: z.object({
    items: z.array(z.union([z.object({ status: z.int(), link: linkAnswerSchema }), batchProblemSchema])),
  }),
});

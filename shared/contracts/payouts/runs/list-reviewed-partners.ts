import * as z from 'zod';
import { cursorSchema, idSchema, limitSchema, pageOf } from '#shared/contracts/fields';
import {
  reviewedPartnerSchema,
  reviewFlagSchema,
  reviewOutcomeSchema,
} from '#shared/contracts/payouts/runs/run-review';
import { defineRoute } from '#shared/contracts/route';

export const listReviewedPartnersRoute = defineRoute({
  name: 'list-reviewed-partners',
  service: 'payouts',
  method: 'GET',
  path: '/v1/programs/{programId}/payout-runs/{runId}/review/partners',
  summary: 'List the partners of a run with what each is paid, or why it is left out',
  description:
    'By partner, a row a currency, with the amounts of the month before and of the attempt before. A page may be shorter than `limit` and still have a next one.',
  access: ['admin', 'finance', 'approver'],
  params: z.object({ programId: idSchema, runId: idSchema }),
  query: z.object({
    outcome: reviewOutcomeSchema.optional(),
    flag: reviewFlagSchema.optional(),
    currency: z
      .string()
      .regex(/^[A-Z]{3}$/, 'must be an ISO 4217 currency code such as GBP')
      .optional(),
    cursor: cursorSchema,
    limit: limitSchema,
  }),
  status: 200,
  response: pageOf(reviewedPartnerSchema),
});

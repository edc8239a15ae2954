import * as z from 'zod';
import { cursorSchema, idSchema, limitSchema, pageOf } from '#shared/contracts/fields';
import {
  reviewedPartnerSchema,
  reviewFlagSchema,
  reviewOutcomeSchema,
} from '#shared/contracts/payouts/runs/run-review';
import { defineRoute } from '#shared/contracts/route';
import { REVIEW_ORDERS } from '#shared/domain/run/review-order';

const MAX_SEARCH_LENGTH = 64;
const MAX_PARTNERS = 200;

export const listReviewedPartnersRoute = defineRoute({
  name: 'list-reviewed-partners',
  service: 'payouts',
  method: 'GET',
  path: '/v1/programs/{programId}/payout-runs/{runId}/review/partners',
  summary: 'List the partners of a run with what each is paid, or why it is left out',
  description:
    'A row a partner and currency, with the amounts of the month before and of the attempt before. By partner, a page may be shorter than `limit` and still have a next one.',
  access: ['admin', 'finance', 'approver'],
  params: z.object({ programId: idSchema, runId: idSchema }),
  query: z.object({
    outcome: reviewOutcomeSchema.optional(),
    flag: reviewFlagSchema.optional(),
    currency: z
      .string()
      .regex(/^[A-Z]{3}$/, 'must be an ISO 4217 currency code such as GBP')
      .optional(),
    q: z
      .string()
      .max(MAX_SEARCH_LENGTH)
      .optional()
      .meta({ description: 'A part of the partner id, whatever its case.' }),
    partnerIds: z
      .string()
      .transform((text) => text.split(',').filter((id) => id !== ''))
      .refine((ids) => ids.length <= MAX_PARTNERS, `must be at most ${MAX_PARTNERS} partner ids, joined by commas`)
      .optional()
      .meta({ description: 'These partners, and with `q` those that it finds too.', example: 'anna,mira' }),
    sort: z.enum(REVIEW_ORDERS).default('partner').meta({
      description:
        '`due`: the largest first. `change`: whose earned amount differs most from the month before. Up to 20,000 rows are sorted; of more, 422.',
    }),
    cursor: cursorSchema,
    limit: limitSchema,
  }),
  status: 200,
  response: pageOf(reviewedPartnerSchema),
});

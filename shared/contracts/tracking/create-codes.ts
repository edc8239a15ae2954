import * as z from 'zod';
import { idSchema } from '#shared/contracts/fields';
import { batchProblemSchema } from '#shared/contracts/referrals/record-conversions';
import { defineRoute } from '#shared/contracts/route';
import { chosenCodeSchema, codeAnswerSchema, codeSettingsShape } from '#shared/contracts/tracking/create-code';

/** Some seconds of work, and an answer of 400 kB: what is remembered of it under its key fits an item. */
const MAX_BATCH_CODES = 500;

export const createCodesRoute = defineRoute({
  name: 'create-codes',
  service: 'tracking',
  method: 'POST',
  path: '/v1/programs/{programId}/codes/batch',
  summary: `Create up to ${MAX_BATCH_CODES} codes with the same terms`,
  description:
    'Random ones by `count`, chosen ones by `codes`, or both. Everything is checked before anything is stored. Answers the chosen ' +
    'ones in the order sent, then the random ones: `status` 201 (new) or 200 (made before), or that of a `problem`. Send an ' +
    'Idempotency-Key: a repeat goes on where the first request ended, and answers the same codes.',
  access: ['merchant', 'partner_manager', 'admin'],
  params: z.object({ programId: idSchema }),
  body: z
    .strictObject({
      ...codeSettingsShape,
      count: z.int().min(0).max(MAX_BATCH_CODES).default(0),
      codes: z.array(chosenCodeSchema).max(MAX_BATCH_CODES).default([]),
      format: z.enum(['json', 'csv']).default('json').meta({ description: 'Of the answer.' }),
    })
    .refine(
      ({ count, codes }) => count + codes.length >= 1 && count + codes.length <= MAX_BATCH_CODES,
      `must ask for 1 to ${MAX_BATCH_CODES} codes by count and codes together`,
    ),
  status: 200,
  response: z.object({
    items: z.array(z.union([codeAnswerSchema.extend({ status: z.int() }), batchProblemSchema])),
  }),
});

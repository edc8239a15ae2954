import * as z from 'zod';
import { idSchema, problemSchema } from '#shared/contracts/fields';
import { conversionAnswerSchema } from '#shared/contracts/referrals/record-conversion';
import { defineRoute } from '#shared/contracts/route';

/** One batch stays under the body limit and well inside a function's time. */
export const MAX_BATCH_ITEMS = 100;

/** Items are read one by one, so that a bad one spoils only its own answer. */
export const batchSchema = z.strictObject({
  items: z.array(z.unknown()).min(1).max(MAX_BATCH_ITEMS).meta({
    description: 'Each as the body of the route for a single one. An error in item 3 is named from `/items/3`.',
  }),
});

export const batchProblemSchema = z.object({ status: z.int(), problem: problemSchema });

export const recordConversionsRoute = defineRoute({
  name: 'record-conversions',
  service: 'referrals',
  method: 'POST',
  path: '/v1/programs/{programId}/conversions/batch',
  summary: 'Record up to 100 sales',
  description:
    'Answers each item in the order sent: `status` 201 (new), 200 (recorded before) or that of its `problem`. ' +
    'Items of one order or one customer act one after the other.',
  access: ['merchant', 'admin'],
  params: z.object({ programId: idSchema }),
  body: batchSchema,
  status: 200,
  response: z.object({
    items: z.array(z.union([conversionAnswerSchema.extend({ status: z.int() }), batchProblemSchema])),
  }),
});

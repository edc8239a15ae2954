import * as z from 'zod';
import { idSchema } from '#shared/contracts/fields';
import { batchProblemSchema, batchSchema } from '#shared/contracts/referrals/record-conversions';
import { refundAnswerSchema } from '#shared/contracts/referrals/record-refund';
import { defineRoute } from '#shared/contracts/route';

export const recordRefundsRoute = defineRoute({
  name: 'record-refunds',
  service: 'referrals',
  method: 'POST',
  path: '/v1/programs/{programId}/refunds/batch',
  summary: 'Record up to 100 refunds',
  description:
    'Answers each item in the order sent: `status` 201 (new), 200 (recorded before) or that of its `problem`. ' +
    'Refunds of one order act one after the other.',
  access: ['merchant', 'admin'],
  params: z.object({ programId: idSchema }),
  body: batchSchema,
  status: 200,
  response: z.object({ items: z.array(z.union([refundAnswerSchema.extend({ status: z.int() }), batchProblemSchema])) }),
});

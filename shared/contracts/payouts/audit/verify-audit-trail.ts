import * as z from 'zod';
import { idSchema, periodSchema } from '#shared/contracts/fields';
import { auditVerificationSchema } from '#shared/contracts/payouts/audit/audit-verification';
import { defineRoute } from '#shared/contracts/route';

const MAX_ID = 64;

export const verifyAuditTrailRoute = defineRoute({
  name: 'verify-audit-trail',
  service: 'payouts',
  method: 'POST',
  path: '/v1/programs/{programId}/audit-trail/verifications',
  summary: 'Prove the audit chain, and a closed month if one is named',
  description:
    'Follows the chain from its first record to its head, and keeps what came out. With `period` that month is computed again ' +
    'from its facts and compared with what is stored. The answer says what was proved and what was not; `npm run verify` proves all. ' +
    'What does not fit into 24 seconds ends `unfinished`.',
  access: ['admin', 'finance', 'approver'],
  params: z.object({ programId: idSchema }),
  body: z.strictObject({
    period: periodSchema.optional(),
    head: z
      .string()
      .regex(/^[0-9a-f]{64}$/, 'must be a SHA-256 in lower-case hex')
      .optional()
      .meta({ description: 'The hash of a head that you kept: the chain must still pass through it.' }),
    continues: z.string().min(1).max(MAX_ID).optional().meta({ description: 'The id of an unfinished verification.' }),
  }),
  status: 201,
  response: auditVerificationSchema,
});

import * as z from 'zod';
import { cursorSchema, idSchema, limitSchema, pageOf } from '#shared/contracts/fields';
import { auditHeadSchema, auditRecordSchema } from '#shared/contracts/payouts/audit/audit-record';
import { defineRoute } from '#shared/contracts/route';

export const listAuditTrailRoute = defineRoute({
  name: 'list-audit-trail',
  service: 'payouts',
  method: 'GET',
  path: '/v1/programs/{programId}/audit-trail',
  summary: 'List the audit chain: who published, adjusted, decided and paid what',
  description:
    'Hash-linked and append-only; each record holds the hash of the one before. Records stand in the order in which they were ' +
    'appended, moments after what they record: each carries its own time. `head` is the end of the chain as of this page.',
  access: ['admin', 'finance', 'approver'],
  params: z.object({ programId: idSchema }),
  query: z.object({ order: z.enum(['newest', 'oldest']).default('newest'), cursor: cursorSchema, limit: limitSchema }),
  status: 200,
  response: pageOf(auditRecordSchema.extend({ occurredAt: z.string() })).extend({ head: auditHeadSchema }),
});

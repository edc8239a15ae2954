import * as z from 'zod';
import { cursorSchema, idSchema, limitSchema, pageOf } from '#shared/contracts/fields';
import { auditHeadSchema, auditRecordSchema } from '#shared/contracts/payouts/audit/audit-record';
import { postedFromSchema, postedToSchema } from '#shared/contracts/payouts/ledger/journal-entry';
import { defineRoute } from '#shared/contracts/route';
import { AUDIT_KINDS } from '#shared/domain/audit/audit-chain';

const MAX_TEXT = 200;

export const listAuditTrailRoute = defineRoute({
  name: 'list-audit-trail',
  service: 'payouts',
  method: 'GET',
  path: '/v1/programs/{programId}/audit-trail',
  summary: 'List the audit chain: who published, adjusted, decided and paid what',
  description:
    'Hash-linked and append-only; each record holds the hash of the one before. Records stand in the order in which they were ' +
    'appended, moments after what they record: each carries its own time. `head` is the end of the chain as of this page. ' +
    'With a filter a page may be shorter than `limit` and still have a next one.',
  access: ['admin', 'finance', 'approver'],
  params: z.object({ programId: idSchema }),
  query: z.object({
    kind: z.enum(AUDIT_KINDS).optional(),
    subject: z.string().min(1).max(MAX_TEXT).optional().meta({ description: "Part of the subject's id." }),
    recordedBy: z.string().min(1).max(MAX_TEXT).optional().meta({ description: 'Principal id.' }),
    from: postedFromSchema.optional().meta({
      description: 'What took place then or later: a time, or a UTC date.',
      example: '2026-01-01',
    }),
    to: postedToSchema.optional().meta({
      description: 'What took place then or before: a time, or a UTC date to its end.',
      example: '2026-01-31',
    }),
    order: z.enum(['newest', 'oldest']).default('newest'),
    cursor: cursorSchema,
    limit: limitSchema,
  }),
  status: 200,
  response: pageOf(auditRecordSchema.extend({ occurredAt: z.string() })).extend({ head: auditHeadSchema }),
});

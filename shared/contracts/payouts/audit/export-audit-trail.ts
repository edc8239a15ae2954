import * as z from 'zod';
import { idSchema } from '#shared/contracts/fields';
import { defineRoute } from '#shared/contracts/route';

export const exportAuditTrailRoute = defineRoute({
  name: 'export-audit-trail',
  service: 'payouts',
  method: 'GET',
  path: '/v1/programs/{programId}/audit-trail/export',
  summary: 'Download the audit chain as JSON lines, to be verified without this service',
  description:
    'A record a line; the last line holds the head of the chain and, as `through`, the last record of this part. While ' +
    '`through` is below the head, append the part that starts `after` it. `npm run verify -- --audit FILE` checks every link.',
  access: ['admin', 'finance', 'approver'],
  params: z.object({ programId: idSchema }),
  query: z.object({ after: z.coerce.number().int().min(0).default(0) }),
  status: 200,
  responseType: 'application/x-ndjson; charset=utf-8',
});

import * as z from 'zod';
import { cursorSchema, idSchema, pageOf } from '#shared/contracts/fields';
import { applicationSchema } from '#shared/contracts/partners/applications/application';
import { defineRoute } from '#shared/contracts/route';
import { APPLICATION_STATUSES } from '#shared/domain/partner/application';

/** Each may hold long answers: a page stays below the 6 MB of one answer of Lambda. */
const MAX_PAGE = 50;

export const listApplicationsRoute = defineRoute({
  name: 'list-applications',
  service: 'partners',
  method: 'GET',
  path: '/v1/programs/{programId}/applications',
  summary: 'List applications of one status, the oldest first',
  description: 'Those that wait for a decision unless `status` says otherwise.',
  access: ['partner_manager', 'admin'],
  params: z.object({ programId: idSchema }),
  query: z.strictObject({
    status: z.enum(APPLICATION_STATUSES).default('waiting'),
    cursor: cursorSchema,
    limit: z.coerce.number().int().min(1).max(MAX_PAGE).default(MAX_PAGE),
  }),
  status: 200,
  response: pageOf(applicationSchema).extend({
    waiting: z.object({
      count: z.int(),
      more: z.boolean().meta({ description: 'Whether there are more than that.' }),
    }),
  }),
});

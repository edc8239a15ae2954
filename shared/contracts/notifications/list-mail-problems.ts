import * as z from 'zod';
import { cursorSchema, idSchema, limitSchema, pageOf } from '#shared/contracts/fields';
import { mailProblemSchema } from '#shared/contracts/notifications/mail-problem';
import { defineRoute } from '#shared/contracts/route';

export const listMailProblemsRoute = defineRoute({
  name: 'list-mail-problems',
  service: 'notifications',
  method: 'GET',
  path: '/v1/programs/{programId}/mail-problems',
  summary: 'List who cannot be reached by e-mail, since when and why, the newest first',
  description:
    'Nothing is sent to these addresses, notices about money and security among them; each is in its reader’s inbox.',
  access: ['partner_manager', 'finance', 'admin'],
  params: z.object({ programId: idSchema }),
  query: z.strictObject({ cursor: cursorSchema, limit: limitSchema }),
  status: 200,
  response: pageOf(mailProblemSchema),
});

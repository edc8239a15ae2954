import * as z from 'zod';
import { idSchema } from '#shared/contracts/fields';
import { defineRoute } from '#shared/contracts/route';

export const liftMailProblemRoute = defineRoute({
  name: 'lift-mail-problem',
  service: 'notifications',
  method: 'POST',
  path: '/v1/programs/{programId}/mail-problems/{problemId}/lift',
  summary: 'Send e-mail to an address again',
  description:
    'From the next notice on; what was not sent meanwhile is in the inbox. If a message sent afterwards comes back, it is stopped again.',
  access: ['partner_manager', 'admin'],
  params: z.object({ programId: idSchema, problemId: idSchema }),
  body: z.strictObject({ reason: z.string().trim().min(1).max(500) }),
  status: 200,
  response: z.object({ problemId: z.string() }),
});

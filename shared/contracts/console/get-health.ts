import * as z from 'zod';
import { defineRoute } from '#shared/contracts/route';

export const getHealthRoute = defineRoute({
  name: 'get-health',
  service: 'console',
  method: 'GET',
  path: '/health',
  summary: 'Say that the API answers',
  access: 'public',
  status: 200,
  response: z.object({ status: z.literal('ok'), version: z.string() }),
});

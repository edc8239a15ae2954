import * as z from 'zod';
import { defineRoute } from '#shared/contracts/route';

export const showOfferRoute = defineRoute({
  name: 'show-offer',
  service: 'tracking',
  method: 'GET',
  path: '/c/{code}',
  summary: 'Show the offer behind a code, and who is paid for it',
  access: 'public',
  params: z.object({ code: z.string().max(128) }),
  status: 200,
  pages: { 404: 'The code is unknown, mistyped, disabled, used up or out of time, which answer alike' },
  responseType: 'text/html; charset=utf-8',
});

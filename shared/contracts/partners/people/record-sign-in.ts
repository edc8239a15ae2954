import { meSchema } from '#shared/contracts/partners/people/get-me';
import { defineRoute } from '#shared/contracts/route';

export const recordSignInRoute = defineRoute({
  name: 'record-sign-in',
  service: 'partners',
  method: 'POST',
  path: '/v1/me/sign-ins',
  summary: 'Say that you have signed in, so that records show your name',
  description:
    'Keeps the name and the verified address of your token beside your id, where that is new, and answers as GET /v1/me.',
  access: 'signed_in',
  status: 200,
  response: meSchema,
});

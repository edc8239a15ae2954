import { meOf, readMe } from '#functions/partners/people/me-composition';
import { type HttpHandler, httpFunction } from '#functions/runtime/http';
import { getMeRoute } from '#shared/contracts/partners/people/get-me';

export const getMe: HttpHandler<typeof getMeRoute> = async (_input, context) => {
  const { principal, identity } = await meOf(context);
  return readMe(principal, identity);
};

export const handler = httpFunction(getMeRoute, getMe);

import { keepName, meOf, readMe } from '#functions/partners/people/me-composition';
import { type HttpHandler, httpFunction } from '#functions/runtime/http';
import { recordSignInRoute } from '#shared/contracts/partners/people/record-sign-in';

export const recordSignIn: HttpHandler<typeof recordSignInRoute> = async (_input, context) => {
  const { principal, identity } = await meOf(context);
  if (identity) await keepName(principal, identity);
  return readMe(principal, identity);
};

// Without an idempotency store: once or twice is the same.
export const handler = httpFunction(recordSignInRoute, recordSignIn);

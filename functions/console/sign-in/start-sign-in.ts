import { pageFunction } from '#functions/console/sign-in/page-function';
import { addresses, provider } from '#functions/console/sign-in/provider';
import { makeStartSignIn } from '#functions/console/sign-in/sign-in-flow';
import { startSignInRoute } from '#shared/contracts/console/sign-in';

export const handler = pageFunction(
  startSignInRoute.name,
  makeStartSignIn({ ...addresses, provider, clock: Date.now }),
);

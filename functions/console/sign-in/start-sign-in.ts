import { pageFunction } from '#console/sign-in/page-function';
import { addresses, provider, publicUrl } from '#functions/console/sign-in/provider';
import { makeStartSignIn } from '#functions/console/sign-in/sign-in-flow';
import { startSignInRoute } from '#shared/contracts/console/sign-in';

export const handler = pageFunction(
  startSignInRoute.name,
  publicUrl,
  makeStartSignIn({ ...addresses, provider, clock: Date.now }),
);

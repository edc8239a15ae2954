import { signInParts } from '#functions/console/sign-in/environment';
import { pageFunction } from '#functions/console/sign-in/page-function';
import { makeStartSignIn } from '#functions/console/sign-in/sign-in-flow';
import { startSignInRoute } from '#shared/contracts/console/sign-in';

export const handler = pageFunction(startSignInRoute.name, makeStartSignIn(signInParts));

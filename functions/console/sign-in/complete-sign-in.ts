import { signInParts } from '#functions/console/sign-in/environment';
import { pageFunction } from '#functions/console/sign-in/page-function';
import { makeCompleteSignIn } from '#functions/console/sign-in/sign-in-flow';
import { completeSignInRoute } from '#shared/contracts/console/sign-in';

export const handler = pageFunction(completeSignInRoute.name, makeCompleteSignIn(signInParts));

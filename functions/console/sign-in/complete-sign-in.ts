import { pageFunction } from '#console/sign-in/page-function';
import { signInParts } from '#functions/console/sign-in/environment';
import { publicUrl } from '#functions/console/sign-in/provider';
import { makeCompleteSignIn } from '#functions/console/sign-in/sign-in-flow';
import { completeSignInRoute } from '#shared/contracts/console/sign-in';

export const handler = pageFunction(completeSignInRoute.name, publicUrl, makeCompleteSignIn(signInParts));

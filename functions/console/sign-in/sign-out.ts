import { signInParts } from '#functions/console/sign-in/environment';
import { pageFunction } from '#functions/console/sign-in/page-function';
import { makeSignOut } from '#functions/console/sign-in/sign-in-flow';
import { signOutRoute } from '#shared/contracts/console/sign-in';

export const handler = pageFunction(signOutRoute.name, makeSignOut(signInParts));

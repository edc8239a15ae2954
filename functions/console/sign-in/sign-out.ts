import { pageFunction } from '#console/sign-in/page-function';
import { signInParts } from '#functions/console/sign-in/environment';
import { publicUrl } from '#functions/console/sign-in/provider';
import { makeSignOut } from '#functions/console/sign-in/sign-in-flow';
import { signOutRoute } from '#shared/contracts/console/sign-in';

export const handler = pageFunction(signOutRoute.name, publicUrl, makeSignOut(signInParts));

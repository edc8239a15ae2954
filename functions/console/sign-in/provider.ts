import * as z from 'zod';
import type { SignInAddresses } from '#functions/console/sign-in/sign-in-flow';
import { readEnvironment } from '#functions/runtime/environment';
import { log } from '#functions/runtime/log';
import { makeOpenidProvider } from '#shared/adapters/openid-provider';

const environment = readEnvironment(
  z.object({ PUBLIC_URL: z.url(), OIDC_ISSUER: z.url(), OIDC_CLIENT_ID: z.string().min(1) }),
);

export const publicUrl = environment.PUBLIC_URL;

export const provider = makeOpenidProvider({
  issuer: environment.OIDC_ISSUER,
  clientId: environment.OIDC_CLIENT_ID,
  log,
});

export const addresses: SignInAddresses = {
  publicUrl,
  callbackUrl: new URL('/console/signed-in', publicUrl).href,
  signedOutUrl: new URL('/console/signed-out', publicUrl).href,
};

import { setTimeout } from 'node:timers/promises';
import * as z from 'zod';
import type { SignInParts } from '#functions/console/sign-in/sign-in-flow';
import { documents } from '#functions/runtime/dynamodb';
import { readEnvironment } from '#functions/runtime/environment';
import { makeSessionStore } from '#shared/adapters/dynamodb/partners/sessions';
import { makeOpenidProvider } from '#shared/adapters/openid-provider';
import { sessionSecrets } from '#shared/adapters/session-secrets';
import { makeSessions, type Sessions } from '#shared/application/console/sessions';

/** What every function that knows sessions needs: `keepsSessions()` and these settings. */
const environment = readEnvironment(
  z.object({
    PARTNERS_TABLE: z.string(),
    PUBLIC_URL: z.url(),
    OIDC_ISSUER: z.url(),
    OIDC_CLIENT_ID: z.string().min(1),
  }),
);

export const publicUrl = environment.PUBLIC_URL;

const provider = makeOpenidProvider({ issuer: environment.OIDC_ISSUER, clientId: environment.OIDC_CLIENT_ID });

export const sessions: Sessions = makeSessions({
  store: makeSessionStore({ documents, tableName: environment.PARTNERS_TABLE }),
  clock: Date.now,
  secrets: sessionSecrets,
  provider,
  wait: async (milliseconds) => {
    await setTimeout(milliseconds);
  },
});

export const signInParts: SignInParts = {
  provider,
  sessions,
  csrfTokenOf: sessionSecrets.csrfTokenOf,
  clock: Date.now,
  publicUrl,
  callbackUrl: new URL('/console/signed-in', publicUrl).href,
  signedOutUrl: new URL('/console/signed-out', publicUrl).href,
};

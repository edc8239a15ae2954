import { setTimeout } from 'node:timers/promises';
import * as z from 'zod';
import { makeIntroduction } from '#functions/console/sign-in/introduce';
import { addresses, provider, publicUrl } from '#functions/console/sign-in/provider';
import type { SignInParts } from '#functions/console/sign-in/sign-in-flow';
import { documents } from '#functions/runtime/dynamodb';
import { readEnvironment } from '#functions/runtime/environment';
import { makeSessionStore } from '#shared/adapters/dynamodb/partners/sessions';
import { sessionSecrets } from '#shared/adapters/session-secrets';
import { makeSessions, type Sessions } from '#shared/application/console/sessions';

/** What every function that knows sessions needs: `keepsSessions()`, and the settings of the provider. */
const environment = readEnvironment(z.object({ PARTNERS_TABLE: z.string() }));

export { publicUrl };

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
  ...addresses,
  provider,
  sessions,
  csrfTokenOf: sessionSecrets.csrfTokenOf,
  introduce: makeIntroduction(publicUrl),
  clock: Date.now,
};

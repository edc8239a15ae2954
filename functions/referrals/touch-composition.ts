import { randomBytes } from 'node:crypto';
import * as z from 'zod';
import { clock, retry, table } from '#functions/referrals/composition';
import { readEnvironment } from '#functions/runtime/environment';
import { programs } from '#functions/runtime/programs';
import { makeClickTokens } from '#shared/adapters/click-tokens';
import { digest } from '#shared/adapters/digest';
import { makeCodeStore } from '#shared/adapters/dynamodb/referrals/codes/codes';
import { makeTouchStore } from '#shared/adapters/dynamodb/referrals/customers/remembered-touches';
import { makeSigningKeys } from '#shared/adapters/signing-keys';
import { makeRememberTouches } from '#shared/application/referrals/customers/remember-touches';

const environment = readEnvironment(z.object({ SIGNING_SECRET_ARN: z.string() }));

const { verify: verifyClick } = makeClickTokens({
  keys: makeSigningKeys({ secretArn: environment.SIGNING_SECRET_ARN, environment: process.env, clock }),
  randomBytes,
});

/** What turns tokens and codes into touches. */
export const touchSources = { codes: makeCodeStore(table), verifyClick };

/** Remembering how a customer came, before it buys. */
export const remember = makeRememberTouches({
  touches: makeTouchStore(table),
  ...touchSources,
  programs,
  clock,
  digest,
  ...retry,
});

import * as z from 'zod';
import { readEnvironment } from '#functions/runtime/environment';
import { makeSigningKeys } from '#shared/adapters/signing-keys';
import { makeUnsubscribeTokens } from '#shared/adapters/unsubscribe-tokens';

const { SIGNING_SECRET_ARN: secretArn } = readEnvironment(z.object({ SIGNING_SECRET_ARN: z.string() }));

/** The secret is read once a function instance. */
export const tokens = makeUnsubscribeTokens(makeSigningKeys({ secretArn, environment: process.env, clock: Date.now }));

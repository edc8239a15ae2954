import * as z from 'zod';
import { applications, clock, retry } from '#functions/partners/applications/composition';
import { readEnvironment } from '#functions/runtime/environment';
import { programs } from '#functions/runtime/programs';
import { makeApplicationTokens } from '#shared/adapters/application-tokens';
import { makeSigningKeys } from '#shared/adapters/signing-keys';
import { makeVisitorHash } from '#shared/adapters/visitor-hash';
import {
  makeConfirmApplication,
  makeShowConfirmation,
} from '#shared/application/partners/applications/confirm-application';

const { SIGNING_SECRET_ARN: secretArn } = readEnvironment(z.object({ SIGNING_SECRET_ARN: z.string() }));

/** What the public pages need beside: the secret is read once a function instance. */
const keys = makeSigningKeys({ secretArn, environment: process.env, clock });
const visitorOf = makeVisitorHash(keys);
export const tokens = makeApplicationTokens(keys);
export const showLink = makeShowConfirmation({ applications, tokens, programs, clock });
export const confirm = makeConfirmApplication({ applications, tokens, programs, clock, retry });

/** Tells the computers of a day apart without keeping an address. Of the address alone: another browser is no other computer. */
export const sourceOf = async (address: string): Promise<string> => visitorOf(address, 'application', clock());

import { randomBytes } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';
import * as z from 'zod';
import { documents } from '#functions/runtime/dynamodb';
import { readEnvironment } from '#functions/runtime/environment';
import { digest } from '#shared/adapters/digest';
import { makeClickRollups } from '#shared/adapters/dynamodb/click-rollups';
import { makeCodeStore } from '#shared/adapters/dynamodb/codes';
import { makeIdempotencyStore } from '#shared/adapters/dynamodb/idempotency-store';
import { makeLinkStore } from '#shared/adapters/dynamodb/links';
import { makePartnerTermsReader } from '#shared/adapters/dynamodb/partner-terms-reader';
import { makeProgramReader } from '#shared/adapters/dynamodb/program-reader';
import { makePartnerDirectory } from '#shared/application/referrals/partner-directory';
import { makeCreateCode } from '#shared/application/tracking/create-code';
import { makeCreateLink } from '#shared/application/tracking/create-link';
import { makeListLinks } from '#shared/application/tracking/list-links';

const environment = readEnvironment(
  z.object({
    REFERRALS_TABLE: z.string(),
    MONEY_TABLE: z.string(),
    PARTNERS_TABLE: z.string(),
    PUBLIC_URL: z.url(),
    CONFIG_TTL_SECONDS: z.coerce.number().min(0),
  }),
);

const clock = Date.now;
const table = { documents, tableName: environment.REFERRALS_TABLE };
const retry = { pause: (ms: number): Promise<void> => pause(ms), random: Math.random };
const programs = makeProgramReader({
  documents,
  tableName: environment.MONEY_TABLE,
  ttlSeconds: environment.CONFIG_TTL_SECONDS,
  clock,
});
const partners = makePartnerDirectory({
  terms: makePartnerTermsReader({ documents, tableName: environment.PARTNERS_TABLE }),
  clock,
});
const links = makeLinkStore(table);
const codes = makeCodeStore(table);

/** The composition root of links and codes: one set of adapters a function instance. The redirect and the offer have their own. */
export const publicUrl = environment.PUBLIC_URL;
export const idempotency = makeIdempotencyStore({ ...table, clock });
export const createLinkOnce = makeCreateLink({ links, programs, partners, clock, digest, ...retry });
export const createCodeOnce = makeCreateCode({ codes, programs, partners, clock, randomBytes, ...retry });
export const listLinksWithClicks = makeListLinks({ links, rollups: makeClickRollups({ ...table, ...retry }) });
export const listCodesOf = codes.list;

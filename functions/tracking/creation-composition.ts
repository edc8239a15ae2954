import { randomBytes } from 'node:crypto';
import * as z from 'zod';
import { documents } from '#functions/runtime/dynamodb';
import { readEnvironment } from '#functions/runtime/environment';
import { clock, codes, links, retry } from '#functions/tracking/composition';
import { digest } from '#shared/adapters/digest';
import { makeProgramReader } from '#shared/adapters/dynamodb/money/program-reader';
import { makePartnerTermsReader } from '#shared/adapters/dynamodb/partners/partner-terms-reader';
import { makePartnerDirectory } from '#shared/application/referrals/partner-directory';
import { makeCreateCode } from '#shared/application/tracking/create-code';
import { makeCreateLink } from '#shared/application/tracking/create-link';

const environment = readEnvironment(
  z.object({ MONEY_TABLE: z.string(), PARTNERS_TABLE: z.string(), CONFIG_TTL_SECONDS: z.coerce.number().min(0) }),
);

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

/** Making links and codes, for partners that exist in programmes that exist. */
export const createLinkOnce = makeCreateLink({ links, programs, partners, clock, digest, ...retry });
export const createCodeOnce = makeCreateCode({ codes, programs, partners, clock, randomBytes, ...retry });

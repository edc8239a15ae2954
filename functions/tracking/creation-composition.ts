import { randomBytes } from 'node:crypto';
import * as z from 'zod';
import { documents } from '#functions/runtime/dynamodb';
import { readEnvironment } from '#functions/runtime/environment';
import { programs } from '#functions/runtime/programs';
import { clock, codes, links, retry } from '#functions/tracking/composition';
import { digest } from '#shared/adapters/digest';
import { makePartnerTermsReader } from '#shared/adapters/dynamodb/partners/partner-terms-reader';
import { makePartnerDirectory } from '#shared/application/referrals/partner-directory';
import { makeCreateCode } from '#shared/application/tracking/codes/create-code';
import { makeCreateCodes } from '#shared/application/tracking/codes/create-codes';
import { makeCreateLink } from '#shared/application/tracking/links/create-link';

const environment = readEnvironment(z.object({ PARTNERS_TABLE: z.string() }));

const partners = makePartnerDirectory({
  terms: makePartnerTermsReader({ documents, tableName: environment.PARTNERS_TABLE }),
  clock,
});

/** Making links and codes, for partners that exist in programmes that exist. */
export const createLinkOnce = makeCreateLink({ links, programs, partners, clock, digest, ...retry });
export const createCodeOnce = makeCreateCode({ codes, programs, partners, clock, randomBytes, ...retry });
export const createCodesOnce = makeCreateCodes({ codes, programs, partners, clock, digest, randomBytes, ...retry });

import { randomBytes } from 'node:crypto';
import * as z from 'zod';
import { clock, conversions, retry, table } from '#functions/referrals/composition';
import { accounts } from '#functions/referrals/payee-accounts-composition';
import { documents } from '#functions/runtime/dynamodb';
import { readEnvironment } from '#functions/runtime/environment';
import { programs } from '#functions/runtime/programs';
import { makeClickTokens } from '#shared/adapters/click-tokens';
import { digest } from '#shared/adapters/digest';
import { makePartnerTermsReader } from '#shared/adapters/dynamodb/partners/partner-terms-reader';
import { makeCodeStore } from '#shared/adapters/dynamodb/referrals/codes/codes';
import { makeFraudLooks } from '#shared/adapters/dynamodb/referrals/holds/fraud-looks';
import { makeSigningKeys } from '#shared/adapters/signing-keys';
import { makePartnerDirectory } from '#shared/application/referrals/partner-directory';
import { makeRecordConversion } from '#shared/application/referrals/sales/record-conversion';

const environment = readEnvironment(z.object({ PARTNERS_TABLE: z.string(), SIGNING_SECRET_ARN: z.string() }));

const partnersTable = { documents, tableName: environment.PARTNERS_TABLE };
const partners = makePartnerDirectory({
  terms: makePartnerTermsReader(partnersTable),
  accounts,
  clock,
});
const { verify: verifyClick } = makeClickTokens({
  keys: makeSigningKeys({ secretArn: environment.SIGNING_SECRET_ARN, environment: process.env, clock }),
  randomBytes,
});

/** Recording conversions: the only part of the service that reads the key which signs click tokens. */
export const recordConversionOnce = makeRecordConversion({
  conversions,
  programs,
  partners,
  codes: makeCodeStore(table),
  verifyClick,
  clock,
  digest,
  looks: makeFraudLooks(table),
  ...retry,
});

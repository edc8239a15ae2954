import { randomBytes } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';
import * as z from 'zod';
import { documents } from '#functions/runtime/dynamodb';
import { readEnvironment } from '#functions/runtime/environment';
import { makeClickTokens } from '#shared/adapters/click-tokens';
import { digest } from '#shared/adapters/digest';
import { makeCodeStore } from '#shared/adapters/dynamodb/codes';
import { makeConversionStore } from '#shared/adapters/dynamodb/conversions';
import { makeIdempotencyStore } from '#shared/adapters/dynamodb/idempotency-store';
import { makePartnerTermsReader } from '#shared/adapters/dynamodb/partner-terms-reader';
import { makeProgramReader } from '#shared/adapters/dynamodb/program-reader';
import { makeRedemptionStore } from '#shared/adapters/dynamodb/redemptions';
import { makeRefundStore } from '#shared/adapters/dynamodb/refunds';
import { makeSigningKeys } from '#shared/adapters/signing-keys';
import { makeCloseRedemption } from '#shared/application/referrals/close-redemption';
import { makeGetConversion } from '#shared/application/referrals/get-conversion';
import { makePartnerDirectory } from '#shared/application/referrals/partner-directory';
import { makeRecordConversion } from '#shared/application/referrals/record-conversion';
import { makeRecordRefund } from '#shared/application/referrals/record-refund';
import { makeRedeemCode } from '#shared/application/referrals/redeem-code';

const environment = readEnvironment(
  z.object({
    REFERRALS_TABLE: z.string(),
    MONEY_TABLE: z.string(),
    PARTNERS_TABLE: z.string(),
    SIGNING_SECRET_ARN: z.string(),
    CONFIG_TTL_SECONDS: z.coerce.number().min(0),
  }),
);

const clock = Date.now;
const table = { documents, tableName: environment.REFERRALS_TABLE };
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
const conversions = makeConversionStore(table);
const codes = makeCodeStore(table);
const redemptions = makeRedemptionStore(table);
const { verify: verifyClick } = makeClickTokens({
  keys: makeSigningKeys({ secretArn: environment.SIGNING_SECRET_ARN, environment: process.env, clock }),
  randomBytes,
});
const retry = { pause: (ms: number): Promise<void> => pause(ms), random: Math.random };

/** The composition root of the referrals service: one set of adapters a function instance. */
export const idempotency = makeIdempotencyStore({ ...table, clock });
export const recordConversionOnce = makeRecordConversion({
  conversions,
  programs,
  partners,
  codes,
  verifyClick,
  clock,
  digest,
  ...retry,
});
export const recordRefundOnce = makeRecordRefund({
  conversions,
  refunds: makeRefundStore(table),
  programs,
  clock,
  digest,
  ...retry,
});
export const readConversion = makeGetConversion({ conversions });
export const reserveCode = makeRedeemCode({ redemptions, codes, programs, clock, digest, ...retry });
export const closeRedemption = makeCloseRedemption({ redemptions, clock, ...retry });

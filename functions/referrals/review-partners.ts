import * as z from 'zod';
import { clock, conversions, retry, table } from '#functions/referrals/composition';
import { accounts } from '#functions/referrals/payee-accounts-composition';
import { documents } from '#functions/runtime/dynamodb';
import { readEnvironment } from '#functions/runtime/environment';
import { log } from '#functions/runtime/log';
import { programs } from '#functions/runtime/programs';
import { makePartnerTermsReader } from '#shared/adapters/dynamodb/partners/partner-terms-reader';
import { makePartnerSignals } from '#shared/adapters/dynamodb/referrals/holds/partner-signals';
import { makeReattributionStore } from '#shared/adapters/dynamodb/referrals/sales/reattributions';
import { makeReferralFacts } from '#shared/adapters/dynamodb/referrals/sales/referral-facts';
import { makeHoldSale } from '#shared/application/referrals/holds/hold-sale';
import { makeReviewPartners } from '#shared/application/referrals/holds/review-partners';

const { PARTNERS_TABLE } = readEnvironment(z.object({ PARTNERS_TABLE: z.string() }));
const partnersTable = { documents, tableName: PARTNERS_TABLE };

const reviewPartners = makeReviewPartners({
  programs,
  partners: makePartnerTermsReader(partnersTable),
  accounts,
  facts: makeReferralFacts(table),
  found: makePartnerSignals(table),
  holdSale: makeHoldSale({ conversions, reattributions: makeReattributionStore(table), programs, clock, ...retry }),
  clock,
  log,
});

/** Called every hour; each programme has its turn once a day. */
export const handler = (): ReturnType<typeof reviewPartners> => reviewPartners();

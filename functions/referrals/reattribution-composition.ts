import * as z from 'zod';
import { clock, conversions, retry, table } from '#functions/referrals/composition';
import { documents } from '#functions/runtime/dynamodb';
import { readEnvironment } from '#functions/runtime/environment';
import { programs } from '#functions/runtime/programs';
import { digest } from '#shared/adapters/digest';
import { makeOrderDisputes } from '#shared/adapters/dynamodb/partners/order-disputes';
import { makePartnerTermsReader } from '#shared/adapters/dynamodb/partners/partner-terms-reader';
import { makeReattributionStore } from '#shared/adapters/dynamodb/referrals/sales/reattributions';
import { makePartnerDirectory } from '#shared/application/referrals/partner-directory';
import { makeReattributeConversion } from '#shared/application/referrals/sales/reattribute-conversion';

const environment = readEnvironment(z.object({ PARTNERS_TABLE: z.string() }));

const partnersTable = { documents, tableName: environment.PARTNERS_TABLE };
const partners = makePartnerDirectory({
  terms: makePartnerTermsReader(partnersTable),
  clock,
});

/** Re-attributions, asked for by people or decided in a dispute. */
export const reattribute = makeReattributeConversion({
  conversions,
  reattributions: makeReattributionStore(table),
  programs,
  partners,
  disputes: makeOrderDisputes(partnersTable),
  clock,
  digest,
  ...retry,
});

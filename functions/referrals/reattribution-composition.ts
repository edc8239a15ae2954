import * as z from 'zod';
import { clock, conversions, retry, table } from '#functions/referrals/composition';
import { programs } from '#functions/referrals/programs-composition';
import { documents } from '#functions/runtime/dynamodb';
import { readEnvironment } from '#functions/runtime/environment';
import { digest } from '#shared/adapters/digest';
import { makePartnerTermsReader } from '#shared/adapters/dynamodb/partners/partner-terms-reader';
import { makeReattributionStore } from '#shared/adapters/dynamodb/referrals/reattributions';
import { makePartnerDirectory } from '#shared/application/referrals/partner-directory';
import { makeReattributeConversion } from '#shared/application/referrals/reattribute-conversion';

const environment = readEnvironment(z.object({ PARTNERS_TABLE: z.string() }));

const partners = makePartnerDirectory({
  terms: makePartnerTermsReader({ documents, tableName: environment.PARTNERS_TABLE }),
  clock,
});

/** Re-attributions, asked for by people or decided in a dispute. */
export const reattribute = makeReattributeConversion({
  conversions,
  reattributions: makeReattributionStore(table),
  programs,
  partners,
  clock,
  digest,
  ...retry,
});

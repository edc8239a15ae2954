import * as z from 'zod';
import { conversions, table } from '#functions/referrals/composition';
import { documents } from '#functions/runtime/dynamodb';
import { readEnvironment } from '#functions/runtime/environment';
import { type HttpHandler, httpFunction } from '#functions/runtime/http';
import { programs } from '#functions/runtime/programs';
import { makePartnerTermsReader } from '#shared/adapters/dynamodb/partners/partner-terms-reader';
import { makeConversionPages } from '#shared/adapters/dynamodb/referrals/sales/conversion-pages';
import { makeReportInfluence } from '#shared/application/referrals/sales/report-influence';
import { reportInfluenceRoute } from '#shared/contracts/referrals/report-influence';

const environment = readEnvironment(z.object({ PARTNERS_TABLE: z.string() }));

const report = makeReportInfluence({
  sales: makeConversionPages(table),
  conversions,
  partners: makePartnerTermsReader({ documents, tableName: environment.PARTNERS_TABLE }),
  programs,
});

export const reportInfluence: HttpHandler<typeof reportInfluenceRoute> = async ({ params, query }) => {
  const { period, items } = await report({ ...params, ...query });
  return { period, neverPaid: true, items: items.map((row) => ({ ...row, partnerId: row.partnerId ?? null })) };
};

export const handler = httpFunction(reportInfluenceRoute, reportInfluence);

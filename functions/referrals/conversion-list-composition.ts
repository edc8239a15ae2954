import { clock, table } from '#functions/referrals/composition';
import { programs } from '#functions/runtime/programs';
import { makeConversionPages } from '#shared/adapters/dynamodb/referrals/sales/conversion-pages';
import { makeListConversions } from '#shared/application/referrals/sales/list-conversions';

/** Sales by partner and month: the index alone, and the programme that says which month is open. */
export const listSales = makeListConversions({ sales: makeConversionPages(table), programs, clock });

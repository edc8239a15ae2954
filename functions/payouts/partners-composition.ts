import * as z from 'zod';
import { documents } from '#functions/runtime/dynamodb';
import { readEnvironment } from '#functions/runtime/environment';
import { makePartnerTermsReader } from '#shared/adapters/dynamodb/partners/partner-terms-reader';

const environment = readEnvironment(z.object({ PARTNERS_TABLE: z.string() }));

/** Partners, for the few functions of payouts that may read some of their items. */
export const partnersTable = { documents, tableName: environment.PARTNERS_TABLE };
export const partners = makePartnerTermsReader(partnersTable);

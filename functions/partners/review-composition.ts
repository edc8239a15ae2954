import * as z from 'zod';
import { documents } from '#functions/runtime/dynamodb';
import { readEnvironment } from '#functions/runtime/environment';
import { makeProgramReader } from '#shared/adapters/dynamodb/money/program-reader';
import { makePartnerTermsReader } from '#shared/adapters/dynamodb/partners/partner-terms-reader';

const environment = readEnvironment(
  z.object({ PARTNERS_TABLE: z.string(), MONEY_TABLE: z.string(), CONFIG_TTL_SECONDS: z.coerce.number().min(0) }),
);

/** What both tasks of the tier review read. */
export const clock = Date.now;
export const partnersTable = { documents, tableName: environment.PARTNERS_TABLE };
export const programs = makeProgramReader({
  documents,
  tableName: environment.MONEY_TABLE,
  ttlSeconds: environment.CONFIG_TTL_SECONDS,
  clock,
});
export const terms = makePartnerTermsReader(partnersTable);

import * as z from 'zod';
import { clock } from '#functions/referrals/composition';
import { documents } from '#functions/runtime/dynamodb';
import { readEnvironment } from '#functions/runtime/environment';
import { makeProgramReader } from '#shared/adapters/dynamodb/money/program-reader';

const environment = readEnvironment(
  z.object({ MONEY_TABLE: z.string(), CONFIG_TTL_SECONDS: z.coerce.number().min(0) }),
);

/** Programmes, for what is stamped with a period or follows a programme's settings. */
export const programs = makeProgramReader({
  documents,
  tableName: environment.MONEY_TABLE,
  ttlSeconds: environment.CONFIG_TTL_SECONDS,
  clock,
});

import * as z from 'zod';
import { documents } from '#functions/runtime/dynamodb';
import { readEnvironment } from '#functions/runtime/environment';
import { clock } from '#functions/tracking/composition';
import { makeProgramReader } from '#shared/adapters/dynamodb/money/program-reader';

const environment = readEnvironment(
  z.object({ MONEY_TABLE: z.string(), CONFIG_TTL_SECONDS: z.coerce.number().min(0) }),
);

/** Programmes with their settings, remembered for as long as every function may. */
export const programs = makeProgramReader({
  documents,
  tableName: environment.MONEY_TABLE,
  ttlSeconds: environment.CONFIG_TTL_SECONDS,
  clock,
});

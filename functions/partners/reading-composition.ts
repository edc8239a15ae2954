import * as z from 'zod';
import { clock, partners } from '#functions/partners/composition';
import { documents } from '#functions/runtime/dynamodb';
import { readEnvironment } from '#functions/runtime/environment';
import { makeProgramReader } from '#shared/adapters/dynamodb/money/program-reader';
import { makeGetAgreement } from '#shared/application/partners/get-agreement';
import { makeGetPartner } from '#shared/application/partners/get-partner';

const environment = readEnvironment(
  z.object({ MONEY_TABLE: z.string(), CONFIG_TTL_SECONDS: z.coerce.number().min(0) }),
);

/** Programmes, for the clock that terms are reckoned by. */
export const programs = makeProgramReader({
  documents,
  tableName: environment.MONEY_TABLE,
  ttlSeconds: environment.CONFIG_TTL_SECONDS,
  clock,
});

export const get = makeGetPartner({ partners, programs, clock });
export const wholeAgreement = makeGetAgreement({ partners, programs, clock });

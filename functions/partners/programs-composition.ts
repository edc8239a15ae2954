import { randomBytes } from 'node:crypto';
import * as z from 'zod';
import { apiKeys, clock, partners, partnersTable } from '#functions/partners/composition';
import { documents } from '#functions/runtime/dynamodb';
import { readEnvironment } from '#functions/runtime/environment';
import { programs } from '#functions/runtime/programs';
import { digest } from '#shared/adapters/digest';
import { makePlanReader } from '#shared/adapters/dynamodb/money/plans/plan-reader';
import { makeTierSchemes } from '#shared/adapters/dynamodb/partners/tier-schemes';
import { makeAmendAgreement } from '#shared/application/partners/amend-agreement';
import { makeAssignTier } from '#shared/application/partners/assign-tier';
import { makeCreateApiKey } from '#shared/application/partners/create-api-key';
import { makeListPartners } from '#shared/application/partners/list-partners';

const SECRET_BYTES = 32;

const environment = readEnvironment(z.object({ MONEY_TABLE: z.string() }));
const plans = makePlanReader({ documents, tableName: environment.MONEY_TABLE });

/** The routes that also read programmes or plans. */
export const list = makeListPartners({ partners, programs, clock });
export const amend = makeAmendAgreement({ partners, programs, plans, clock, digest });
export const assign = makeAssignTier({ partners, programs, schemes: makeTierSchemes(partnersTable), clock });
export const makeKey = makeCreateApiKey({
  apiKeys,
  programs,
  randomSecret: () => randomBytes(SECRET_BYTES).toString('base64url'),
  clock,
  digest,
});

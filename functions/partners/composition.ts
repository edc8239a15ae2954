import { randomBytes } from 'node:crypto';
import * as z from 'zod';
import { documents } from '#functions/runtime/dynamodb';
import { readEnvironment } from '#functions/runtime/environment';
import type { RequestContext } from '#functions/runtime/http';
import { digest } from '#shared/adapters/digest';
import { makeApiKeyStore } from '#shared/adapters/dynamodb/api-keys';
import { makeIdempotencyStore } from '#shared/adapters/dynamodb/idempotency-store';
import { makePartnerStore } from '#shared/adapters/dynamodb/partners';
import { makePlanReader } from '#shared/adapters/dynamodb/plan-reader';
import { makeProgramReader } from '#shared/adapters/dynamodb/program-reader';
import { makeAmendAgreement } from '#shared/application/partners/amend-agreement';
import { makeAssignTier } from '#shared/application/partners/assign-tier';
import { makeChangePayee } from '#shared/application/partners/change-payee';
import { type Administrator, makeCreateApiKey } from '#shared/application/partners/create-api-key';
import { makeEnrolPartner } from '#shared/application/partners/enrol-partner';
import { makeGetPartner } from '#shared/application/partners/get-partner';
import { makeListApiKeys } from '#shared/application/partners/list-api-keys';
import { makeListPartners } from '#shared/application/partners/list-partners';
import { makeRecordCertification } from '#shared/application/partners/record-certification';
import { makeRevokeApiKey } from '#shared/application/partners/revoke-api-key';

const SECRET_BYTES = 32;

const environment = readEnvironment(
  z.object({ PARTNERS_TABLE: z.string(), MONEY_TABLE: z.string(), CONFIG_TTL_SECONDS: z.coerce.number().min(0) }),
);

const clock = Date.now;
const table = { documents, tableName: environment.PARTNERS_TABLE };
const money = { documents, tableName: environment.MONEY_TABLE };
const programs = makeProgramReader({ ...money, ttlSeconds: environment.CONFIG_TTL_SECONDS, clock });
const plans = makePlanReader(money);
const partners = makePartnerStore(table);
const apiKeys = makeApiKeyStore(table);

/** The composition root of the partners service's routes: one set of adapters a function instance. */
export const idempotency = makeIdempotencyStore({ ...table, clock });
export const enrol = makeEnrolPartner({ partners, programs, plans, clock, digest });
export const list = makeListPartners({ partners, programs, clock });
export const get = makeGetPartner({ partners, clock });
export const amend = makeAmendAgreement({ partners, programs, plans, clock });
export const assign = makeAssignTier({ partners, programs, clock });
export const certify = makeRecordCertification({ partners, clock });
export const payTo = makeChangePayee({ partners, clock });
export const makeKey = makeCreateApiKey({
  apiKeys,
  programs,
  randomSecret: () => randomBytes(SECRET_BYTES).toString('base64url'),
  clock,
  digest,
});
export const listKeys = makeListApiKeys({ apiKeys });
export const revokeKey = makeRevokeApiKey({ apiKeys, clock });

/** Who calls, for the record. @throws Error on a route that lets nobody in without a token: there is always somebody. */
export function callerId({ principal }: Pick<RequestContext, 'principal'>): string {
  if (!principal) throw new Error('a guarded route was reached without a principal');
  return principal.id;
}

export function administrator(context: Pick<RequestContext, 'principal'>): Administrator {
  const grants = context.principal?.grants ?? [];
  return {
    id: callerId(context),
    adminOf: grants.flatMap((grant) => (grant.role === 'admin' ? [grant.programId] : [])),
  };
}

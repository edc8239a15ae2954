import * as z from 'zod';
import { documents } from '#functions/runtime/dynamodb';
import { readEnvironment } from '#functions/runtime/environment';
import type { RequestContext } from '#functions/runtime/http';
import { actorOf, partnersOf, requirePrincipal, rolesIn } from '#functions/runtime/principal';
import { makeIdempotencyStore } from '#shared/adapters/dynamodb/idempotency-store';
import { makeApiKeyStore } from '#shared/adapters/dynamodb/partners/api-keys';
import { makePartnerStore } from '#shared/adapters/dynamodb/partners/partners';
import type { Administrator } from '#shared/application/partners/create-api-key';
import { makeListApiKeys } from '#shared/application/partners/list-api-keys';
import { makeRecordCertification } from '#shared/application/partners/record-certification';
import { makeRevokeApiKey } from '#shared/application/partners/revoke-api-key';

const environment = readEnvironment(z.object({ PARTNERS_TABLE: z.string() }));

export const clock = Date.now;
export const partnersTable = { documents, tableName: environment.PARTNERS_TABLE };
export const partners = makePartnerStore(partnersTable);
export const apiKeys = makeApiKeyStore(partnersTable);

/**
 * The composition root of the partners service's routes: one set of adapters a function instance. What needs programmes
 * or plans has its own file.
 */
export const idempotency = makeIdempotencyStore({ ...partnersTable, clock });
export const certify = makeRecordCertification({ partners, clock });
export const listKeys = makeListApiKeys({ apiKeys });
export const revokeKey = makeRevokeApiKey({ apiKeys, clock });

/** Who calls, for the record. @throws Error on a route that lets nobody in without a token: there is always somebody. */
export function caller({ principal }: Pick<RequestContext, 'principal'>): ReturnType<typeof actorOf> {
  requirePrincipal(principal);
  return actorOf(principal);
}

/** Whether a caller is a person of a partner, and whether it may act for the programme: it may be both. */
export function standingOf(
  { principal }: Pick<RequestContext, 'principal'>,
  { programId, partnerId }: { readonly programId: string; readonly partnerId: string },
): { readonly isPartner: boolean; readonly isManager: boolean } {
  const roles = principal && rolesIn(principal, programId);
  const isPartner = principal !== undefined && partnersOf(principal, programId).includes(partnerId);
  return { isPartner, isManager: !!roles && (roles.has('partner_manager') || roles.has('admin')) };
}

export function callerId(context: Pick<RequestContext, 'principal'>): string {
  return caller(context).by;
}

export function administrator(context: Pick<RequestContext, 'principal'>): Administrator {
  const grants = context.principal?.grants ?? [];
  const { by, onBehalfOf } = caller(context);
  return {
    id: by,
    ...(onBehalfOf === undefined ? {} : { onBehalfOf }),
    adminOf: grants.flatMap((grant) => (grant.role === 'admin' ? [grant.programId] : [])),
  };
}

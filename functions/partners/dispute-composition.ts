import * as z from 'zod';
import { onlyPartnersOf, type Viewer } from '#functions/partners/dispute-answers';
import { documents } from '#functions/runtime/dynamodb';
import { readEnvironment } from '#functions/runtime/environment';
import type { RequestContext } from '#functions/runtime/http';
import { programs } from '#functions/runtime/programs';
import { makeIdempotencyStore } from '#shared/adapters/dynamodb/idempotency-store';
import { makeDisputeStore } from '#shared/adapters/dynamodb/partners/disputes';
import { makeEscalationContacts } from '#shared/adapters/dynamodb/partners/escalation-contacts';
import { makePartnerStore } from '#shared/adapters/dynamodb/partners/partners';
import { makeAddDisputeMessage } from '#shared/application/partners/add-dispute-message';
import { makeListDisputes, makeListPartnerDisputes } from '#shared/application/partners/read-disputes';
import { makeWithdrawDispute } from '#shared/application/partners/withdraw-dispute';

const environment = readEnvironment(z.object({ PARTNERS_TABLE: z.string() }));

export const clock = Date.now;
const table = { documents, tableName: environment.PARTNERS_TABLE };
export const disputes = makeDisputeStore(table);
export const partners = makePartnerStore(table);
export const contacts = makeEscalationContacts(table);
/** The composition root of disputes: what reads orders has its own file. */
export const idempotency = makeIdempotencyStore({ ...table, clock });
export const listOfPartner = makeListPartnerDisputes({ disputes, partners });
export const list = makeListDisputes({ disputes });
export const addMessage = makeAddDisputeMessage({ disputes, clock });
export const withdraw = makeWithdrawDispute({ disputes, clock });

/** Who reads the answer, and what the answer says beside the dispute itself. */
export async function viewerOf(
  { principal }: Pick<RequestContext, 'principal'>,
  programId: string,
): Promise<Viewer & { readonly onlyPartners: readonly string[] | undefined }> {
  const [contact] = await Promise.all([contacts.find(programId), programs.get(programId)]);
  const onlyPartners = onlyPartnersOf(principal, programId);
  const escalationContact = contact?.email;
  return { onlyPartners, isPartner: onlyPartners !== undefined, nowMs: clock(), escalationContact };
}

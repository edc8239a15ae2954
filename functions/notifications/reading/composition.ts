import * as z from 'zod';
import { documents } from '#functions/runtime/dynamodb';
import { readEnvironment } from '#functions/runtime/environment';
import type { RequestContext } from '#functions/runtime/http';
import { actorOf, requirePrincipal, rolesIn } from '#functions/runtime/principal';
import { makeInbox } from '#shared/adapters/dynamodb/partners/inbox';
import { makePartnerStore } from '#shared/adapters/dynamodb/partners/partners';
import { makeStaffStore } from '#shared/adapters/dynamodb/partners/staff-people';
import type { InboxPage } from '#shared/application/notifications/reading/read-inbox';
import { makePartnerInbox, makeStaffInbox } from '#shared/application/notifications/reading/read-inbox';
import type { Asking } from '#shared/application/notifications/staff/own-or-admin';

const { PARTNERS_TABLE: tableName } = readEnvironment(z.object({ PARTNERS_TABLE: z.string() }));

/** The composition root of what readers see; what needs programmes has its own file. */
export const table = { documents, tableName };
export const clock = Date.now;
export const partners = makePartnerStore(table);
export const staff = makeStaffStore(table);
const inbox = makeInbox(table);
export const partnerInbox = makePartnerInbox({ inbox, partners, clock });
export const staffInbox = makeStaffInbox({ inbox, staff, clock });

/** Who calls, for the record. @throws Error on a route that lets nobody in without a token: there is always somebody. */
export function callerOf({ principal }: Pick<RequestContext, 'principal'>): ReturnType<typeof actorOf> {
  requirePrincipal(principal);
  return actorOf(principal);
}

export function askingOf({ principal }: Pick<RequestContext, 'principal'>, programId: string): Asking {
  const { by } = callerOf({ principal });
  const isAdmin = principal !== undefined && rolesIn(principal, programId).has('admin');
  return { by, isAdmin, emailHash: principal?.emailHash };
}

/** A page as it is answered: whose inbox it is the path says. */
export function inboxAnswer({ items, nextCursor, unread }: InboxPage) {
  const shown = items.map(({ noticeId, kind, title, text, occurredAt, readAt }) => ({
    ...{ noticeId, kind, title, text, occurredAt, readAt },
  }));
  return { items: shown, nextCursor, unread };
}

import { Failure } from '#shared/application/failure';
import type { Inbox, InboxNotice } from '#shared/application/notifications/outbox';
import { partnerRecipient, staffRecipient } from '#shared/application/notifications/preferences';
import { type Asking, requireOwnOrAdmin } from '#shared/application/notifications/staff/own-or-admin';
import type { StaffStore } from '#shared/application/notifications/staff/staff-ports';
import type { PartnerStore } from '#shared/application/partners/ports';
import type { Clock, Page } from '#shared/application/ports';
import { UNREAD_WITHIN } from '#shared/contracts/notifications/reading/notice';
import { toInstant } from '#shared/domain/time/instant';

export type InboxPage = Page<InboxNotice> & { readonly unread?: number | undefined };
type Paging = { readonly cursor?: string | undefined; readonly limit: number };
type OfPartner = { readonly programId: string; readonly partnerId: string };
type OfPerson = { readonly programId: string; readonly personId: string; readonly asking: Asking };
type Marking = { readonly noticeId: string };

/** Inboxes of partners: newest first, and what was read. @throws Failure not_found */
export function makePartnerInbox(deps: {
  readonly inbox: Inbox;
  readonly partners: Pick<PartnerStore, 'standing'>;
  readonly clock: Clock;
}) {
  const known = async ({ programId, partnerId }: OfPartner): Promise<string> => {
    if (!(await deps.partners.standing(programId, partnerId)))
      throw new Failure('not_found', 'There is no such partner.');
    return partnerRecipient(partnerId);
  };
  return {
    list: async (of: OfPartner & Paging): Promise<InboxPage> => pageOf(deps.inbox, of.programId, await known(of), of),
    read: async (of: OfPartner & Marking): Promise<void> => mark(deps, of.programId, await known(of), of),
  };
}

/** Inboxes of people who run a programme, for themselves and for admins. @throws Failure not_found */
export function makeStaffInbox(deps: {
  readonly inbox: Inbox;
  readonly staff: Pick<StaffStore, 'find'>;
  readonly clock: Clock;
}) {
  const known = async ({ programId, personId, asking }: OfPerson): Promise<string> => {
    requireOwnOrAdmin(await deps.staff.find(programId, personId), asking);
    return staffRecipient(personId);
  };
  return {
    list: async (of: OfPerson & Paging): Promise<InboxPage> => pageOf(deps.inbox, of.programId, await known(of), of),
    read: async (of: OfPerson & Marking): Promise<void> => mark(deps, of.programId, await known(of), of),
  };
}

async function pageOf(inbox: Inbox, programId: string, recipientId: string, paging: Paging): Promise<InboxPage> {
  const { cursor, limit } = paging;
  const [page, unread] = await Promise.all([
    inbox.list(programId, recipientId, { cursor, limit }),
    cursor === undefined ? inbox.unread(programId, recipientId, UNREAD_WITHIN) : undefined,
  ]);
  return { ...page, unread };
}

async function mark(
  { inbox, clock }: { readonly inbox: Inbox; readonly clock: Clock },
  programId: string,
  recipientId: string,
  { noticeId }: Marking,
): Promise<void> {
  const outcome = await inbox.markRead(programId, recipientId, noticeId, toInstant(clock()));
  if (outcome === 'not_found') throw new Failure('not_found', 'There is no such notice in this inbox.');
}

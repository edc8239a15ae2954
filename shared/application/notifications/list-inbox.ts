import { Failure } from '#shared/application/failure';
import type { Notice, Notices } from '#shared/application/notifications/ports';
import type { PartnerStore } from '#shared/application/partners/ports';
import type { Page } from '#shared/application/ports';

export type ListInbox = {
  readonly programId: string;
  readonly partnerId: string;
  readonly cursor?: string | undefined;
  readonly limit: number;
};

/** A partner's notices, newest first. @throws Failure not_found */
export function makeListInbox({ partners, notices }: { partners: Pick<PartnerStore, 'standing'>; notices: Notices }) {
  return async ({ programId, partnerId, ...page }: ListInbox): Promise<Page<Notice>> => {
    if (!(await partners.standing(programId, partnerId))) throw new Failure('not_found', 'There is no such partner.');
    return notices.list(programId, partnerId, page);
  };
}

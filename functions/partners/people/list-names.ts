import { namesOf } from '#functions/partners/people/people-composition';
import { type HttpHandler, httpFunction } from '#functions/runtime/http';
import { isPartnerOnly, partnersOf, requirePrincipal } from '#functions/runtime/principal';
import type { NameReader } from '#shared/application/partners/people/list-names';
import { listNamesRoute } from '#shared/contracts/partners/people/list-names';

export const listNames: HttpHandler<typeof listNamesRoute> = async ({ params, query }, { principal }) => {
  requirePrincipal(principal);
  const { programId } = params;
  const reader: NameReader = isPartnerOnly(principal, programId)
    ? { partnerIds: partnersOf(principal, programId), isSelf: (id) => id === principal.id }
    : 'staff';
  return { items: [...(await namesOf(programId, query.ids, reader))] };
};

export const handler = httpFunction(listNamesRoute, listNames);

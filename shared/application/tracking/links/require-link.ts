import { Failure } from '#shared/application/failure';
import type { LinkStore, StoredLink } from '#shared/application/tracking/ports';

export type LinkQuery = {
  readonly programId: string;
  readonly slug: string;
  /** The partners that a partner acts for; absent for staff. */
  readonly partnerIds?: readonly string[] | undefined;
};

/** The link, if it is of this programme and the caller may see it. @throws Failure not_found */
export async function requireLink(
  links: Pick<LinkStore, 'find'>,
  { programId, slug, partnerIds }: LinkQuery,
): Promise<StoredLink> {
  const link = await links.find(slug);
  if (link && link.programId === programId && (!partnerIds || partnerIds.includes(link.partnerId))) return link;
  throw new Failure('not_found', 'There is no such link in this programme.', {
    errors: [{ pointer: 'path:slug', rule: 'is not a link of this programme' }],
  });
}

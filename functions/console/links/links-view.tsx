import type { JSX } from 'preact';
import { Badge, Copy, Empty, Pager, Table } from '#console/ui/parts';
import type { Visit } from '#functions/console/web/page';
import { partnerHref } from '#functions/console/web/paths';
import { LINK_STATUS, type LinkStatus } from './link-words.ts';

export type ListedLink = {
  readonly slug: string;
  readonly url: string;
  readonly partnerId: string;
  readonly destination: string;
  readonly status: LinkStatus;
  readonly campaign?: string | undefined;
  readonly destinationAllowed: boolean;
  readonly clicks: number;
  readonly visitors: number;
};

/** Links with what they brought. `nameOf` is given where the links are of several partners. */
export function LinksView({
  visit,
  links,
  nextCursor,
  nameOf,
  empty,
}: {
  readonly visit: Visit;
  readonly links: readonly ListedLink[];
  readonly nextCursor: string | undefined;
  readonly nameOf?: (partnerId: string) => string;
  readonly empty: string;
}): JSX.Element {
  const { format, programme } = visit;
  if (links.length === 0) {
    return (
      <Empty icon="link" title="No link yet">
        {empty}
      </Empty>
    );
  }
  const pageOf = ({ partnerId, slug }: ListedLink): string =>
    `${partnerHref(programme.programId, partnerId)}/links/${slug}`;
  return (
    <>
      <Table
        caption="Links"
        rows={links}
        keyOf={({ slug }) => slug}
        columns={[
          {
            label: 'Link',
            cell: (link) => (
              <>
                <a href={pageOf(link)}>{link.slug}</a>
                {link.campaign ? <div class="text-secondary">{link.campaign}</div> : null}
              </>
            ),
          },
          ...(nameOf
            ? [
                {
                  label: 'Partner',
                  cell: (link: ListedLink) => (
                    <a href={`${partnerHref(programme.programId, link.partnerId)}/links`}>{nameOf(link.partnerId)}</a>
                  ),
                },
              ]
            : []),
          { label: 'Leads to', isMinor: true, cell: ({ destination }) => destination },
          {
            label: 'State',
            cell: (link) => (
              <>
                <Badge tone={LINK_STATUS[link.status][0]}>{LINK_STATUS[link.status][1]}</Badge>
                {link.destinationAllowed ? null : <div class="text-secondary">destination not allowed any more</div>}
              </>
            ),
          },
          { label: 'Clicks', isNumber: true, cell: ({ clicks }) => format.count(clicks) },
          { label: 'Visitors', isNumber: true, isMinor: true, cell: ({ visitors }) => format.count(visitors) },
          { label: <span class="visually-hidden">Share</span>, isMinor: true, cell: ({ url }) => <Copy text={url} /> },
        ]}
      />
      <Pager address={visit.address} nextCursor={nextCursor} />
    </>
  );
}

import type { Page } from '#shared/application/ports';
import type { EpochMs, Instant } from '#shared/domain/time/instant';
import type { UtmTemplates } from '#shared/domain/tracking/utm';

export type LinkStatus = 'active' | 'paused';

/** What a redirect needs to know. Slug, programme and partner never change, so that no click moves to anybody else. */
export type Link = {
  readonly slug: string;
  readonly programId: string;
  readonly partnerId: string;
  readonly destination: string;
  readonly status: LinkStatus;
  /** From then on it is not followed. */
  readonly validUntil?: Instant | undefined;
  /** Query text to append, its sub-ids still to fill in (see `resolveUtm`). */
  readonly utm?: string | undefined;
};

/** Who acts on links: a partner on its own ones alone, and within the programme's hosts. */
export type LinkSide = 'staff' | 'partner';

export type StoredLink = Link & {
  /** Id of the request that created it: a repeat finds its own link. */
  readonly linkId: string;
  readonly campaign?: string | undefined;
  /** The link's own templates; `utm` is what they and the programme's came to. */
  readonly utmTemplates?: UtmTemplates | undefined;
  /** The offer in words, for the page that shows the link. */
  readonly description?: string | undefined;
  /** Who is paid, as customers read it. */
  readonly disclosedAs?: string | undefined;
  /** What staff has paused, only staff makes active again. */
  readonly pausedBy?: LinkSide | undefined;
  /** How often it was changed; absent: never. */
  readonly version?: number | undefined;
  readonly createdAt: Instant;
};

/** What can change of a link, or a part of it. */
export type LinkContent = {
  readonly [K in
    | 'destination'
    | 'status'
    | 'validUntil'
    | 'utm'
    | 'utmTemplates'
    | 'campaign'
    | 'description'
    | 'disclosedAs'
    | 'pausedBy']?: StoredLink[K] | undefined;
};

/** That a link was changed: written once, never changed. */
export type LinkChange = {
  /** 1, 2, 3 ... within the link. */
  readonly sequence: number;
  readonly at: Instant;
  readonly by: string;
  /** The person who made the API key that called. */
  readonly onBehalfOf?: string | undefined;
  /** Only what differs; a field that one of them is without was not there. */
  readonly before: LinkContent;
  readonly after: LinkContent;
};

export type ListQuery = {
  readonly partnerId?: string | undefined;
  readonly cursor?: string | undefined;
  readonly limit: number;
};

export type LinkStore = {
  /**
   * `taken`: the slug belongs to another link of the installation, or to this one (compare `linkId`).
   * `looks_alike`: another partner has a slug that a person may take for this one.
   * `too_many`: its partner has made `ownLimit` links itself; those made without a limit do not count.
   */
  add(link: StoredLink, ownLimit?: number): Promise<'added' | 'taken' | 'looks_alike' | 'too_many' | 'contended'>;
  find(slug: string): Promise<StoredLink | undefined>;
  /** One transaction with its record. `contended`: the link is not of the version before `after` any more. */
  change(after: StoredLink, record: LinkChange): Promise<'changed' | 'contended'>;
  /** The newest changes of a link first, at most `limit`. */
  changes(programId: string, slug: string, limit: number): Promise<readonly LinkChange[]>;
  list(programId: string, query: ListQuery): Promise<Page<StoredLink>>;
};

/** The one read of a cold redirect. Rejects when the table cannot be read. */
export type LinkSource = (slug: string) => Promise<Link | undefined>;

export type { CodeCatalogue, StoredCode } from '#shared/application/tracking/codes/code-ports';

export type ClickKind = 'human' | 'bot' | 'prefetch';

/** One line of the redirect's log. */
export type ClickLine = {
  readonly clickId: string;
  readonly programId: string;
  readonly slug: string;
  readonly at: EpochMs;
  /** Keyed hash of address and browser with the day's salt; never the address itself. */
  readonly visitor: string;
  readonly kind: ClickKind;
  /** An advertisement led a person to the link; of machines it is not said. */
  readonly isPaidSearch: boolean;
  /** Two letters, where the CDN said so. */
  readonly country?: string | undefined;
  /** `sub1` to `sub5` as far as the line had room: see click-line.ts. */
  readonly subs: readonly string[];
};

export type ClickTotals = {
  readonly clicks: number;
  readonly bots: number;
  readonly prefetches: number;
  readonly visitors: number;
};

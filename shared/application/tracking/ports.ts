import type { Page } from '#shared/application/ports';
import type { Code } from '#shared/application/referrals/ports';
import type { EpochMs, Instant } from '#shared/domain/time/instant';

/** What a redirect needs to know; immutable once created. */
export type Link = {
  readonly slug: string;
  readonly programId: string;
  readonly partnerId: string;
  readonly destination: string;
};

export type StoredLink = Link & {
  /** Id of the request that created it: a repeat finds its own link. */
  readonly linkId: string;
  readonly campaign?: string | undefined;
  readonly createdAt: Instant;
};

export type ListQuery = {
  readonly partnerId?: string | undefined;
  readonly cursor?: string | undefined;
  readonly limit: number;
};

export type LinkStore = {
  /** `taken`: the slug belongs to another link of the installation, or to this one (compare `linkId`). */
  add(link: StoredLink): Promise<'added' | 'taken' | 'contended'>;
  find(slug: string): Promise<StoredLink | undefined>;
  list(programId: string, query: ListQuery): Promise<Page<StoredLink>>;
};

/** The one read of a cold redirect. Rejects when the table cannot be read. */
export type LinkSource = (slug: string) => Promise<Link | undefined>;

/** A code with what its customers read about it. */
export type StoredCode = Code & {
  /** The programme's name at the time: who pays. */
  readonly merchantName: string;
  /** Who is paid, as customers shall read it. */
  readonly payeeName: string;
  /** Where the one button of the offer leads. */
  readonly destination?: string | undefined;
  readonly createdAt: Instant;
};

export type CodeCatalogue = {
  find(canonical: string): Promise<StoredCode | undefined>;
  add(code: StoredCode, requestId: string): Promise<'added' | 'taken' | 'request_done' | 'contended'>;
  /** What the request created before. */
  createdBy(programId: string, requestId: string): Promise<StoredCode | undefined>;
  list(programId: string, query: ListQuery): Promise<Page<StoredCode>>;
};

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

export type ClickRollups = {
  /** Counts those not counted before, each once, in the totals of its link, day and hour. Answers how many were new. */
  count(clicks: readonly ClickLine[]): Promise<number>;
  totals(programId: string, slugs: readonly string[]): Promise<ReadonlyMap<string, ClickTotals>>;
};

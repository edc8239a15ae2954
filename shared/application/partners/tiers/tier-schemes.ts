import type { Page } from '#shared/application/ports';
import { DEFAULT_TIER_SCHEME, type TierScheme } from '#shared/domain/partner/tiers/tier-scheme';
import type { Instant } from '#shared/domain/time/instant';

/** Which scheme of a programme it is. Versions are never changed; each change is a new one. */
export type TierSchemeVersion = {
  readonly programId: string;
  /** 1, 2, 3 ... ; 0: nobody has said anything, and the default holds. */
  readonly version: number;
  readonly scheme: TierScheme;
  /** Absent of version 0. */
  readonly recorded?:
    | {
        readonly at: Instant;
        readonly by: string;
        readonly onBehalfOf?: string | undefined;
        readonly reason: string;
      }
    | undefined;
};

/** The tiers of programmes, to read. Whoever decides by one keeps its version number. */
export type TierSchemes = {
  /** The newest version, never older than a change that was answered before. */
  current(programId: string): Promise<TierSchemeVersion>;
  /** The newest of those recorded by then. */
  at(programId: string, instant: Instant): Promise<TierSchemeVersion>;
};

/** Who changed the tiers since: they decide what is paid, so these people cannot approve the next run (design.md, Closing a month). */
export type TierSchemeChanges = {
  since(
    programId: string,
    instant: Instant,
  ): Promise<readonly { readonly by: string; readonly onBehalfOf?: string | undefined; readonly at: Instant }[]>;
};

export type TierSchemeStore = TierSchemes &
  TierSchemeChanges & {
    /** Stores a version once, for ever; false when there is one of that number. */
    add(version: TierSchemeVersion): Promise<boolean>;
    /** The newest first. */
    list(programId: string, page: { cursor?: string | undefined; limit: number }): Promise<Page<TierSchemeVersion>>;
  };

/** What holds where nobody has said anything: the same for ever, or reviews of the past would come out otherwise. */
export function defaultTierScheme(programId: string): TierSchemeVersion {
  return { programId, version: 0, scheme: DEFAULT_TIER_SCHEME };
}

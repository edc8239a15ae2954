import { Failure } from '#shared/application/failure';
import { requireFreshLogin } from '#shared/application/partners/payee-rights';
import type { PartnerStore } from '#shared/application/partners/ports';
import type { TierSchemeStore, TierSchemeVersion } from '#shared/application/partners/tiers/tier-schemes';
import type { Clock } from '#shared/application/ports';
import type { ProgramReader } from '#shared/application/programs';
import { tierInForce } from '#shared/domain/partner/terms';
import type { TierScheme } from '#shared/domain/partner/tiers/tier-scheme';
import { type EpochMs, type Instant, toEpochMs, toInstant } from '#shared/domain/time/instant';

/** Counting stops there: a request has half a minute. */
const MAX_COUNTED = 20_000;

export type SetTierScheme = {
  readonly programId: string;
  /** The version that was on the screen. */
  readonly expectedVersion: number;
  readonly scheme: TierScheme;
  readonly reason: string;
  readonly by: string;
  readonly onBehalfOf?: string | undefined;
  readonly signedInAt?: EpochMs | undefined;
};

export type SetTierSchemeAnswer = {
  readonly version: TierSchemeVersion;
  /** Removed tiers on which partners stand now; they stay there until a person assigns another. */
  readonly stillHeld: readonly { readonly tier: string; readonly partners: number }[];
};

type Dependencies = {
  readonly schemes: TierSchemeStore;
  readonly partners: Pick<PartnerStore, 'standings'>;
  readonly programs: Pick<ProgramReader, 'get'>;
  readonly clock: Clock;
};

/**
 * Stores a programme's tiers as the next version:
 * 1. the person has signed in a short time ago, since tiers decide what is paid; 2. nobody changed them since they were read;
 * 3. partners on tiers that are gone are counted; 4. the version is stored once, for ever. The scheme that holds already
 * stores nothing, so that a repeat is no conflict.
 * @throws Failure unknown_program, login_not_fresh, tier_scheme_changed (with `currentVersion`)
 */
export function makeSetTierScheme({ schemes, partners, programs, clock }: Dependencies) {
  return async (input: SetTierScheme): Promise<SetTierSchemeAnswer> => {
    const { programId, expectedVersion, scheme, reason, by, onBehalfOf } = input;
    const { payouts } = await programs.get(programId);
    const now = clock();
    requireFreshLogin(input, payouts.freshLoginMinutes, now);
    const current = await schemes.current(programId);
    if (textOf(current.scheme) === textOf(scheme)) return { version: current, stillHeld: [] };
    if (current.version !== expectedVersion) throw schemeChanged(current);
    const stillHeld = await heldOf(removedTiers(current.scheme, scheme), programId, toInstant(now));
    const at = laterThan(current.recorded?.at, now);
    const recorded = { at, by, ...(onBehalfOf === undefined ? {} : { onBehalfOf }), reason };
    const version: TierSchemeVersion = { programId, version: expectedVersion + 1, scheme, recorded };
    if (!(await schemes.add(version))) throw schemeChanged(await schemes.current(programId));
    return { version, stillHeld };
  };

  async function heldOf(
    removed: ReadonlySet<string>,
    programId: string,
    now: Instant,
  ): Promise<SetTierSchemeAnswer['stillHeld']> {
    if (removed.size === 0) return [];
    const counts = new Map<string, number>();
    let seen = 0;
    for await (const { tiers } of partners.standings(programId, {})) {
      const tier = tierInForce(tiers, now)?.tier;
      if (tier !== undefined && removed.has(tier)) counts.set(tier, (counts.get(tier) ?? 0) + 1);
      seen += 1;
      if (seen >= MAX_COUNTED) break;
    }
    return [...counts].map(([tier, held]) => ({ tier, partners: held }));
  }
}

function removedTiers(before: TierScheme, after: TierScheme): ReadonlySet<string> {
  const kept = new Set(after.tiers.map(({ tier }) => tier));
  return new Set(before.tiers.map(({ tier }) => tier).filter((tier) => !kept.has(tier)));
}

/** Versions lie in time as they lie in number, also when a clock was set back: a day has one newest version. */
function laterThan(before: Instant | undefined, now: number): Instant {
  return toInstant(before === undefined ? now : Math.max(now, toEpochMs(before) + 1));
}

/** Two schemes are the same when their texts are. */
function textOf(scheme: TierScheme): string {
  return JSON.stringify(sorted(scheme));
}

function sorted(value: unknown): unknown {
  if (typeof value === 'bigint') return `${value}n`;
  if (Array.isArray(value)) return value.map(sorted);
  if (typeof value !== 'object' || value === null) return value;
  const entries = Object.entries(value).filter(([, inner]) => inner !== undefined);
  return Object.fromEntries(entries.sort(([a], [b]) => (a < b ? -1 : 1)).map(([name, inner]) => [name, sorted(inner)]));
}

function schemeChanged(current: TierSchemeVersion): Failure {
  const { version, recorded } = current;
  const who = recorded ? `, recorded by ${recorded.by} at ${recorded.at}` : ', the default';
  return new Failure(
    'tier_scheme_changed',
    `The tiers are at version ${version}${who}: compare it with yours and send again with expectedVersion ${version}.`,
    { errors: [{ pointer: '/expectedVersion', rule: `must be ${version}` }], extra: { currentVersion: version } },
  );
}

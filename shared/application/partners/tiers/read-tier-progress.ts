import { Failure } from '#shared/application/failure';
import type { PartnerStore, PlanReader, Standing } from '#shared/application/partners/ports';
import { componentsInForce } from '#shared/application/partners/tiers/decide-by-plan';
import type { MeasurePartner } from '#shared/application/partners/tiers/measure-partner';
import type { TierSchemes, TierSchemeVersion } from '#shared/application/partners/tiers/tier-schemes';
import type { Clock } from '#shared/application/ports';
import type { Program, ProgramReader } from '#shared/application/programs';
import { scheduleOf } from '#shared/domain/partner/terms';
import { progressOf, type TierProgress, tierStandingOf } from '#shared/domain/partner/tiers/progress';
import type { Component } from '#shared/domain/plan/plan';
import { ratesOfTier } from '#shared/domain/plan/rates-of-tier';
import { type Instant, toInstant } from '#shared/domain/time/instant';

export type TierProgressView = {
  readonly program: Program;
  readonly partnerId: string;
  readonly asOf: Instant;
  readonly schemeVersion: number;
  /** Absent before the partner has a tier. */
  readonly progress?: TierProgress | undefined;
  /** When what a person decided for a time is over. */
  readonly heldUntil?: Instant | undefined;
  /** A tier that is settled and begins later. */
  readonly upcoming?: { readonly tier: string; readonly from: Instant } | undefined;
  /** Shares of sales by the plan that pays the partner then, by tier. */
  readonly ratesBps: { readonly current: readonly number[]; readonly next: readonly number[] };
};

/** How far a partner is from its next tier; an instant to come is now. */
export type ReadTierProgress = (input: {
  readonly programId: string;
  readonly partnerId: string;
  readonly asOf?: Instant | undefined;
}) => Promise<TierProgressView>;

type Dependencies = {
  readonly partners: Pick<PartnerStore, 'standing' | 'components'>;
  readonly programs: ProgramReader;
  readonly schemes: TierSchemes;
  readonly plans: PlanReader;
  readonly measure: MeasurePartner;
  readonly clock: Clock;
};

/**
 * Measures a partner against the tiers that held at an instant, from what was recorded by then and all of it: the same
 * instant answers the same for ever, except for a warning, which is told as it stands.
 * @throws Failure unknown_program, not_found, temporarily_unavailable
 */
export function makeReadTierProgress(deps: Dependencies): ReadTierProgress {
  const { partners, programs, schemes, measure, clock } = deps;
  return async ({ programId, partnerId, asOf: asked }) => {
    const now = toInstant(clock());
    const isPast = asked !== undefined && asked < now;
    const asOf = isPast ? asked : now;
    const [program, standing, version] = await Promise.all([
      programs.get(programId),
      partners.standing(programId, partnerId),
      isPast ? schemes.at(programId, asOf) : schemes.current(programId),
    ]);
    if (!standing) throw new Failure('not_found', 'There is no such partner.');
    const known = { ...standing, tiers: standing.tiers.filter(({ recordedAt }) => recordedAt <= asOf) };
    const components = await componentsInForce(deps, standing, asOf);
    const progress = await progressFrom(known, version, asOf, { measure, components });
    const upcoming = scheduleOf(known.tiers).find(({ from }) => from > asOf);
    return {
      ...{ program, partnerId, asOf, schemeVersion: version.version },
      ...(progress && { progress }),
      ...(progress?.heldUntil === undefined ? {} : { heldUntil: progress.heldUntil }),
      ...(upcoming && { upcoming: { tier: upcoming.tier, from: upcoming.from } }),
      ratesBps: {
        current: ratesOfTier(components, progress?.tier),
        next: ratesOfTier(components, progress?.next?.tier),
      },
    };
  };
}

async function progressFrom(
  standing: Standing,
  { scheme }: TierSchemeVersion,
  asOf: Instant,
  { measure, components }: { readonly measure: MeasurePartner; readonly components: readonly Component[] },
): Promise<TierProgress | undefined> {
  const { tiers, tierWarning: warning } = standing;
  const where = tierStandingOf({ tiers, warning }, scheme, asOf);
  return where && progressOf(scheme, where, await measure(standing, scheme, asOf), components);
}

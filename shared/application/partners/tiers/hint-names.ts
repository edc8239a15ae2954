import type { PartnerStore, PlanReader, Standing } from '#shared/application/partners/ports';
import type { TierSchemes } from '#shared/application/partners/tiers/tier-schemes';
import type { Clock } from '#shared/application/ports';
import { isCustomPlanVersion, versionInForce } from '#shared/domain/partner/agreement';
import { certificationHint, tierHint } from '#shared/domain/partner/tiers/naming-hints';
import type { Component } from '#shared/domain/plan/plan';
import { toInstant } from '#shared/domain/time/instant';

type OfPartner = { readonly programId: string; readonly partnerId: string };

type Schemes = { readonly schemes: Pick<TierSchemes, 'current'> };
type Deps = Schemes & {
  readonly partners: Pick<PartnerStore, 'standing' | 'components'>;
  readonly plans: PlanReader;
  readonly clock: Clock;
};

/**
 * A sentence for whoever has just given a partner a tier that nothing names; `undefined` where something does. What was
 * recorded stands, so a hint that cannot be read is left out.
 */
export function makeTierHint({ schemes, partners, plans, clock }: Deps) {
  const componentsOf = async ({ programId, partnerId }: OfPartner): Promise<readonly Component[]> => {
    const standing = await partners.standing(programId, partnerId);
    const planVersion = standing && planVersionOf(standing, clock());
    if (planVersion === undefined) return [];
    return isCustomPlanVersion(planVersion)
      ? ((await partners.components(programId, partnerId, planVersion)) ?? [])
      : ((await plans.get(programId, planVersion))?.components ?? []);
  };
  return (of: OfPartner, tier: string): Promise<string | undefined> =>
    orNothing(async () => {
      const { scheme } = await schemes.current(of.programId);
      // The usual case, at one read.
      if (tierHint(tier, scheme, []) === undefined) return undefined;
      return tierHint(tier, scheme, await componentsOf(of));
    });
}

/** The same of a certification or confirmation that no tier asks for. */
export function makeCertificationHint({ schemes }: Schemes) {
  return (programId: string, certification: string): Promise<string | undefined> =>
    orNothing(async () => certificationHint(certification, (await schemes.current(programId)).scheme));
}

/** Of the agreement in force; of one that is still to begin or to be accepted where there is none. */
function planVersionOf({ agreements, proposals = [] }: Standing, nowMs: number): number | undefined {
  return (versionInForce(agreements, toInstant(nowMs)) ?? [...agreements, ...proposals].at(-1))?.planVersion;
}

async function orNothing(hint: () => Promise<string | undefined>): Promise<string | undefined> {
  try {
    return await hint();
  } catch {
    return undefined;
  }
}

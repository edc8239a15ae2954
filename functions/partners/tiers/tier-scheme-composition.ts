import type * as z from 'zod';
import { clock, partners, partnersTable } from '#functions/partners/composition';
import type { RequestContext } from '#functions/runtime/http';
import { rolesIn } from '#functions/runtime/principal';
import { programs } from '#functions/runtime/programs';
import { makeTierSchemes } from '#shared/adapters/dynamodb/partners/tier-schemes';
import { makeGetTierScheme, makeListTierSchemeVersions } from '#shared/application/partners/tiers/read-tier-schemes';
import { makeSetTierScheme } from '#shared/application/partners/tiers/set-tier-scheme';
import type { TierSchemeVersion } from '#shared/application/partners/tiers/tier-schemes';
import type { tierSchemeVersionSchema } from '#shared/contracts/partners/tiers/get-tier-scheme';
import { tierSchemeJson } from '#shared/contracts/partners/tiers/tier-scheme';

const OUTSIDERS: ReadonlySet<string> = new Set(['partner', 'merchant']);

const schemes = makeTierSchemes(partnersTable);

/** A programme's tiers: read, changed, and every version. */
export const readScheme = makeGetTierScheme({ schemes, programs });
export const setScheme = makeSetTierScheme({ schemes, partners, programs, clock });
export const listVersions = makeListTierSchemeVersions({ schemes, programs });

/** Who said so, and why, is for the people who run the programme. */
export function tierSchemeAnswer(
  { programId, version, scheme, recorded }: TierSchemeVersion,
  { principal }: Pick<RequestContext, 'principal'>,
): z.input<typeof tierSchemeVersionSchema> {
  const { tiers, ...rest } = tierSchemeJson(scheme);
  const isStaff = principal !== undefined && [...rolesIn(principal, programId)].some((role) => !OUTSIDERS.has(role));
  return {
    version,
    tiers: tiers.map(({ requires = { all: [] }, ...tier }) => ({ ...tier, requires })),
    ...rest,
    ...(recorded && { recordedAt: recorded.at }),
    ...(recorded && isStaff && { recordedBy: recorded.by, reason: recorded.reason }),
  };
}

import type { Standing } from '#shared/application/partners/ports';
import { tierInForce } from '#shared/domain/partner/terms';
import { floorOf } from '#shared/domain/partner/tiers/review-partner';
import type { TierScheme } from '#shared/domain/partner/tiers/tier-scheme';
import type { Instant } from '#shared/domain/time/instant';

/**
 * Whether any number could change something for a partner: else nothing of it has to be read. None can on a tier by
 * invitation or one that the programme's tiers do not name, nor at the top of them when a person, or enrolment, gave it for good.
 */
export function mayMove({ tiers, tierWarning }: Standing, scheme: TierScheme, at: Instant): boolean {
  const current = tierInForce(tiers, at);
  if (!current) return false;
  if (tierWarning || tiers.some((term) => term.until !== undefined)) return true;
  const index = scheme.tiers.findIndex(({ tier }) => tier === current.tier);
  const rung = scheme.tiers[index];
  if (!rung || rung.byInvitation) return false;
  const above = scheme.tiers[index + 1];
  const isGiven = floorOf(tiers, at) === current.tier;
  return !isGiven || (above !== undefined && !above.byInvitation);
}

import type { Standing } from '#shared/application/partners/ports';
import type { Measures } from '#shared/domain/partner/tiers/measures';
import type { TierScheme } from '#shared/domain/partner/tiers/tier-scheme';
import type { Instant } from '#shared/domain/time/instant';

/**
 * Measures what a scheme asks of one partner, from all facts that were recorded by `asOf` and no others. What could not be
 * read completely is not measured: the call fails, and nothing is decided.
 * @throws Failure unknown_program, temporarily_unavailable
 */
export type MeasurePartner = (standing: Standing, scheme: TierScheme, asOf: Instant) => Promise<Measures>;

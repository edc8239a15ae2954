import { readProgress } from '#functions/partners/tiers/progress-composition';
import { makeReadNextTier } from '#shared/application/notifications/telling/read-next-tier';

/** Where a partner stands, measured now. */
export const nextTier = makeReadNextTier(readProgress);

import type { RouteContract } from '#shared/contracts/route';

/** Every HTTP slice of the referrals service. */
export const referralsRoutes: readonly RouteContract[] = [];

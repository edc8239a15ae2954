import type { RouteContract } from '#shared/contracts/route';

/** Every HTTP slice of the payouts service. */
export const payoutsRoutes: readonly RouteContract[] = [];

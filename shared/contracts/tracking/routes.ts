import type { RouteContract } from '#shared/contracts/route';

/** Every HTTP slice of the tracking service. */
export const trackingRoutes: readonly RouteContract[] = [];

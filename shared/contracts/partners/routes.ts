import type { RouteContract } from '#shared/contracts/route';

/** Every HTTP slice of the partners service. */
export const partnersRoutes: readonly RouteContract[] = [];

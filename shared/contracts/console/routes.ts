import type { RouteContract } from '#shared/contracts/route';

/** Every HTTP slice of the console service. */
export const consoleRoutes: readonly RouteContract[] = [];

import { getHealthRoute } from '#shared/contracts/console/get-health';
import { serveConsoleRoute } from '#shared/contracts/console/serve-console';
import { serveOpenapiRoute } from '#shared/contracts/console/serve-openapi';
import type { RouteContract } from '#shared/contracts/route';

/** Every HTTP slice of the console service. */
export const consoleRoutes: readonly RouteContract[] = [serveOpenapiRoute, getHealthRoute, serveConsoleRoute];

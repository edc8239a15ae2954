import { getHealthRoute } from '#shared/contracts/console/get-health';
import { serveConsoleRoute } from '#shared/contracts/console/serve-console';
import { serveOpenapiRoute } from '#shared/contracts/console/serve-openapi';
import {
  completeSignInRoute,
  showSignedOutRoute,
  signOutRoute,
  startSignInRoute,
} from '#shared/contracts/console/sign-in';
import type { RouteContract } from '#shared/contracts/route';

/** Every HTTP slice of the console service. */
export const consoleRoutes: readonly RouteContract[] = [
  serveOpenapiRoute,
  getHealthRoute,
  startSignInRoute,
  completeSignInRoute,
  signOutRoute,
  showSignedOutRoute,
  serveConsoleRoute,
];

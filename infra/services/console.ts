import { keepsSessions, knows, onUnknownRoute, route, type ServiceDeclaration, when } from '../declarations.ts';
import { PAGES, REQUEST } from '../profiles.ts';

/** Sessions of people, sealed, and the provider that vouches for them: nothing of any business data. */
const signsIn = [keepsSessions(), knows('PUBLIC_URL', 'OIDC_ISSUER', 'OIDC_CLIENT_ID')].flat();

/** The web console, and what the API says about itself. */
export const consoleFunctions: ServiceDeclaration = {
  'serve-openapi': route(REQUEST),
  'get-health': route(REQUEST),
  'start-sign-in': route(REQUEST, signsIn),
  'complete-sign-in': route(REQUEST, signsIn),
  'sign-out': route(REQUEST, signsIn),
  'show-signed-out': route(REQUEST),
  'serve-console': route(PAGES, signsIn),
  'answer-unknown-route': when(onUnknownRoute(), REQUEST),
};

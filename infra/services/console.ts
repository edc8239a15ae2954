import { keepsSessions, knows, onUnknownRoute, route, type ServiceDeclaration, when } from '../declarations.ts';
import { PAGES, REQUEST } from '../profiles.ts';

/** The provider that vouches for people. */
const asksProvider = knows('PUBLIC_URL', 'OIDC_ISSUER', 'OIDC_CLIENT_ID');
/** Sessions of people, sealed: nothing of any business data. */
const signsIn = [keepsSessions(), ...asksProvider];

/** The web console, and what the API says about itself. */
export const consoleFunctions: ServiceDeclaration = {
  'serve-openapi': route(REQUEST),
  'get-health': route(REQUEST),
  'start-sign-in': route(REQUEST, asksProvider),
  'complete-sign-in': route(REQUEST, signsIn),
  'sign-out': route(REQUEST, signsIn),
  'show-signed-out': route(REQUEST, knows('PUBLIC_URL')),
  'serve-console': route(PAGES, signsIn),
  'answer-unknown-route': when(onUnknownRoute(), REQUEST),
};

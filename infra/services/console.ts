import { keepsSessions, knows, onUnknownRoute, route, type ServiceDeclaration, when } from '../declarations.ts';
import { PAGES, REQUEST } from '../profiles.ts';

/** What the API says about itself. */
export const consoleFunctions: ServiceDeclaration = {
  'serve-openapi': route(REQUEST),
  'get-health': route(REQUEST),
  'serve-console': route(PAGES, keepsSessions(), ...knows('PUBLIC_URL', 'OIDC_ISSUER')),
  'answer-unknown-route': when(onUnknownRoute(), REQUEST),
};

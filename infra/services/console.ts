import { onUnknownRoute, route, type ServiceDeclaration, when } from '../declarations.ts';
import { REQUEST } from '../profiles.ts';

/** What the API says about itself. */
export const consoleFunctions: ServiceDeclaration = {
  'serve-openapi': route(REQUEST),
  'get-health': route(REQUEST),
  'answer-unknown-route': when(onUnknownRoute(), REQUEST),
};

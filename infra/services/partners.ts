import {
  knows,
  onAuthorization,
  onStream,
  publishes,
  reads,
  readsContract,
  route,
  type ServiceDeclaration,
  task,
  when,
  writes,
} from '../declarations.ts';
import { AUTHORIZER, FACT_TASK, REQUEST, TASK } from '../profiles.ts';

const manages = [writes('partners'), readsContract('money')];
const shows = [reads('partners'), readsContract('money')];

/** Partners, agreements, tiers, people and keys: owns the Partners table, the only one with personal data. */
export const partnersFunctions: ServiceDeclaration = {
  'enrol-partner': route(REQUEST, manages),
  'list-partners': route(REQUEST, shows),
  'get-partner': route(REQUEST, shows),
  'amend-agreement': route(REQUEST, manages),
  'assign-tier': route(REQUEST, manages),
  'record-certification': route(REQUEST, manages),
  'change-payee': route(REQUEST, manages),
  'create-api-key': route(REQUEST, manages),
  'list-api-keys': route(REQUEST, shows),
  'revoke-api-key': route(REQUEST, manages),
  'authorize-request': when(onAuthorization(), AUTHORIZER, reads('partners'), knows('OIDC_ISSUER', 'OIDC_AUDIENCE')),
  'plan-tier-review': task(TASK, readsContract('money'), readsContract('partners')),
  'review-tiers': task(FACT_TASK, manages, readsContract('referrals')),
  'publish-partner-events': when(onStream('partners'), TASK, publishes()),
};

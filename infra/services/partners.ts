import {
  knows,
  onAuthorization,
  onEvent,
  onEveryHour,
  onStream,
  publishes,
  reads,
  readsCallers,
  readsContract,
  readsOrders,
  route,
  type ServiceDeclaration,
  sealsPayees,
  task,
  when,
  writes,
} from '../declarations.ts';
import { AUTHORIZER, FACT_TASK, REQUEST, TASK } from '../profiles.ts';

const manages = [writes('partners'), readsContract('money')];
const keeps = [writes('partners')];
const shows = [reads('partners')];

/** Partners, agreements, tiers, people and keys: owns the Partners table, the only one with personal data. */
export const partnersFunctions: ServiceDeclaration = {
  'enrol-partner': route(REQUEST, manages, sealsPayees()),
  'list-partners': route(REQUEST, shows, readsContract('money')),
  'get-partner': route(REQUEST, shows, readsContract('money')),
  'amend-agreement': route(REQUEST, manages),
  'get-agreement': route(REQUEST, shows, readsContract('money')),
  'accept-agreement': route(REQUEST, manages),
  'withdraw-agreement': route(REQUEST, manages),
  'renew-agreement': route(REQUEST, manages),
  'terminate-agreement': route(REQUEST, manages),
  'assign-tier': route(REQUEST, manages),
  'record-certification': route(REQUEST, keeps),
  'change-payee': route(REQUEST, manages, sealsPayees()),
  'get-billing': route(REQUEST, shows),
  'set-billing': route(REQUEST, keeps),
  'create-api-key': route(REQUEST, manages),
  'list-api-keys': route(REQUEST, shows),
  'revoke-api-key': route(REQUEST, keeps),
  'file-dispute': route(REQUEST, manages, readsOrders()),
  'list-partner-disputes': route(REQUEST, shows, readsContract('money')),
  'list-disputes': route(REQUEST, shows, readsContract('money')),
  'get-dispute': route(REQUEST, shows, readsContract('money'), readsOrders()),
  'add-dispute-message': route(REQUEST, manages),
  'decide-dispute': route(REQUEST, manages, readsOrders()),
  'withdraw-dispute': route(REQUEST, manages),
  'get-escalation-contact': route(REQUEST, shows, readsContract('money')),
  'set-escalation-contact': route(REQUEST, manages),
  'record-dispute-remedy': when(onEvent('dispute.remedied'), TASK, keeps),
  'escalate-disputes': when(onEveryHour(), TASK, manages),
  'authorize-request': when(onAuthorization(), AUTHORIZER, readsCallers(), knows('OIDC_ISSUER', 'OIDC_AUDIENCE')),
  'plan-tier-review': task(TASK, readsContract('money'), readsContract('partners')),
  'review-tiers': task(FACT_TASK, manages, readsContract('referrals')),
  'publish-partner-events': when(onStream('partners'), TASK, publishes()),
};

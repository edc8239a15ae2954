import {
  onEvent,
  reads,
  readsContract,
  route,
  type ServiceDeclaration,
  sendsMail,
  when,
  writes,
} from '../declarations.ts';
import { REQUEST, TASK } from '../profiles.ts';

const tells = [writes('partners'), readsContract('money'), sendsMail()];

/** Tells people what changed, once: one e-mail and one inbox item. */
export const notificationsFunctions: ServiceDeclaration = {
  'list-inbox': route(REQUEST, reads('partners')),
  'notify-tier-change': when(onEvent('tier.changed'), TASK, tells),
  'notify-payee-change': when(onEvent('payee.changed'), TASK, tells),
  'notify-dispute': when(onEvent('dispute.decided', 'dispute.escalated', 'dispute.remedied'), TASK, tells),
  'notify-staff': when(onEvent('holds.escalated', 'run.awaiting_decision', 'run.reminded', 'run.expired'), TASK, tells),
};

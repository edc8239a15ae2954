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

/** Tells people what changed, once: one e-mail and one inbox item. */
export const notificationsFunctions: ServiceDeclaration = {
  'list-inbox': route(REQUEST, reads('partners')),
  'notify-tier-change': when(onEvent('tier.changed'), TASK, writes('partners'), readsContract('money'), sendsMail()),
};

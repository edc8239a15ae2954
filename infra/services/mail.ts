import {
  onMailFeedback,
  reads,
  readsContract,
  route,
  type ServiceDeclaration,
  usesSecret,
  when,
  writes,
} from '../declarations.ts';
import { REQUEST, TASK } from '../profiles.ts';

/** Whether mail reaches somebody, in the stack of the notifications. */
export const mailFunctions: ServiceDeclaration = {
  'record-mail-feedback': when(onMailFeedback(), TASK, writes('partners')),
  'list-mail-problems': route(REQUEST, reads('partners'), readsContract('money')),
  'lift-mail-problem': route(REQUEST, writes('partners')),
  'show-unsubscribe': route(REQUEST, reads('partners'), usesSecret()),
  unsubscribe: route(REQUEST, writes('partners'), usesSecret()),
};

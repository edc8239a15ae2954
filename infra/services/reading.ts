import {
  knows,
  onEveryHour,
  reads,
  readsContract,
  readsSales,
  route,
  type ServiceDeclaration,
  sendsMail,
  usesSecret,
  when,
  writes,
} from '../declarations.ts';
import { COMPUTE, REQUEST } from '../profiles.ts';

const keeps = [writes('partners'), readsContract('money')];
const shows = [reads('partners'), readsContract('money')];

/** Who is told, how each wants it, what each has in its inbox, and the e-mail that waits. */
export const readingFunctions: ServiceDeclaration = {
  'add-staff-person': route(REQUEST, keeps),
  'list-staff': route(REQUEST, shows),
  'change-staff-person': route(REQUEST, keeps),
  'remove-staff-person': route(REQUEST, keeps),
  'get-notification-preferences': route(REQUEST, shows),
  'set-notification-preferences': route(REQUEST, keeps),
  'get-staff-preferences': route(REQUEST, shows),
  'set-staff-preferences': route(REQUEST, keeps),
  'read-notice': route(REQUEST, writes('partners')),
  'list-staff-inbox': route(REQUEST, reads('partners')),
  'read-staff-notice': route(REQUEST, writes('partners')),
  'send-due-mail': when(onEveryHour(), COMPUTE, keeps, readsSales(), sendsMail(), usesSecret(), knows('PUBLIC_URL')),
};

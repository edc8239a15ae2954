import {
  changesChoices,
  keepsMailRecords,
  onMailFeedback,
  readsChoices,
  readsContract,
  readsMailProblems,
  readsPartnerNames,
  readsPersons,
  route,
  type ServiceDeclaration,
  usesSecret,
  when,
} from '../declarations.ts';
import { REQUEST, TASK } from '../profiles.ts';

/** Whether mail reaches somebody, in the stack of the notifications. Two are open to everybody: they reach what they need alone. */
export const mailFunctions: ServiceDeclaration = {
  'record-mail-feedback': when(onMailFeedback(), TASK, keepsMailRecords(), readsPersons()),
  'list-mail-problems': route(
    REQUEST,
    readsMailProblems(),
    readsPersons(),
    readsPartnerNames(),
    readsContract('money'),
  ),
  'lift-mail-problem': route(REQUEST, keepsMailRecords()),
  'show-unsubscribe': route(REQUEST, readsChoices(), readsContract('money'), usesSecret()),
  unsubscribe: route(REQUEST, changesChoices(), readsContract('money'), usesSecret()),
};

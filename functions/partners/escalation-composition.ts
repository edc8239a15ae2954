import { clock, contacts } from '#functions/partners/dispute-composition';
import { programs } from '#functions/runtime/programs';
import { makeGetEscalationContact, makeSetEscalationContact } from '#shared/application/partners/escalation-contact';

/** The composition root of who is told of overdue disputes. */
export const setContact = makeSetEscalationContact({ contacts, programs, clock });
export const readContact = makeGetEscalationContact({ contacts, programs });

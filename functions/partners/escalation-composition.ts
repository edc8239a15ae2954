import { clock, contacts, programs } from '#functions/partners/dispute-composition';
import { makeGetEscalationContact, makeSetEscalationContact } from '#shared/application/partners/escalation-contact';

/** The composition root of who is told of overdue disputes. */
export const setContact = makeSetEscalationContact({ contacts, programs, clock });
export const readContact = makeGetEscalationContact({ contacts, programs });

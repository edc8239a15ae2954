import { readContact } from '#functions/partners/escalation-composition';
import { type HttpHandler, httpFunction } from '#functions/runtime/http';
import { getEscalationContactRoute } from '#shared/contracts/partners/get-escalation-contact';

export const getEscalationContact: HttpHandler<typeof getEscalationContactRoute> = ({ params }) => readContact(params);

export const handler = httpFunction(getEscalationContactRoute, getEscalationContact);

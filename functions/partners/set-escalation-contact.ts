import { caller } from '#functions/partners/composition';
import { setContact } from '#functions/partners/escalation-composition';
import { type HttpHandler, httpFunction } from '#functions/runtime/http';
import { setEscalationContactRoute } from '#shared/contracts/partners/set-escalation-contact';

export const setEscalationContact: HttpHandler<typeof setEscalationContactRoute> = ({ params, body }, context) =>
  setContact({ ...params, ...body, ...caller(context) });

export const handler = httpFunction(setEscalationContactRoute, setEscalationContact);

import type * as z from 'zod';
import { suppressions } from '#functions/notifications/mail/mail-composition';
import { partnerAnswer } from '#functions/partners/answers';
import { get } from '#functions/partners/reading-composition';
import { type HttpHandler, httpFunction } from '#functions/runtime/http';
import { makeShowPartner, type ShownPartner } from '#shared/application/partners/show-partner';
import type { mailStateSchema } from '#shared/contracts/notifications/mail-problem';
import { getPartnerRoute } from '#shared/contracts/partners/get-partner';
import { whatToDoAboutOwnMail } from '#shared/domain/mail/mail-words';

const show = makeShowPartner({ get, suppressions });

export const getPartner: HttpHandler<typeof getPartnerRoute> = async ({ params }) => {
  const partner = await show(params);
  return { ...partnerAnswer(partner), mail: mailAnswer(partner) };
};

function mailAnswer({ mailStop }: ShownPartner): z.input<typeof mailStateSchema> {
  if (!mailStop) return { stopped: false };
  const { reason, since } = mailStop;
  return { stopped: true, reason, since, whatToDo: whatToDoAboutOwnMail(reason) };
}

export const handler = httpFunction(getPartnerRoute, getPartner);

import * as z from 'zod';
import { sending, telling } from '#functions/notifications/composition';
import { documents } from '#functions/runtime/dynamodb';
import { readEnvironment } from '#functions/runtime/environment';
import { type LambdaContext, timeBoxOf } from '#functions/runtime/time-box';
import { makeSalesBetween } from '#shared/adapters/dynamodb/referrals/sales/sales-between';
import { makePlanDigests } from '#shared/application/notifications/plan-digests';
import { makeSendDueMail } from '#shared/application/notifications/send-due-mail';
import { makeSendDueMails } from '#shared/application/notifications/send-due-mails';

const { REFERRALS_TABLE: tableName } = readEnvironment(z.object({ REFERRALS_TABLE: z.string() }));

const sendDueMail = makeSendDueMail({
  ...sending,
  plan: makePlanDigests({ ...sending, partners: telling.partners, sales: makeSalesBetween({ documents, tableName }) }),
  send: makeSendDueMails(sending),
});

/** Called every hour: what waits is due by the clock, so that after an outage one call sends all of it. */
export const handler = (_event: unknown, context: LambdaContext): ReturnType<typeof sendDueMail> =>
  sendDueMail(timeBoxOf(context));

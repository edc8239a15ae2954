import * as z from 'zod';
import { disputeAnswer, messageAnswer, sameOrderAnswer } from '#functions/partners/dispute-answers';
import { disputes, viewerOf } from '#functions/partners/dispute-composition';
import { documents } from '#functions/runtime/dynamodb';
import { readEnvironment } from '#functions/runtime/environment';
import { type HttpHandler, httpFunction } from '#functions/runtime/http';
import { makeConversionStore } from '#shared/adapters/dynamodb/referrals/sales/conversions';
import { makeGetDispute } from '#shared/application/partners/read-disputes';
import { getDisputeRoute } from '#shared/contracts/partners/get-dispute';

const { REFERRALS_TABLE: tableName } = readEnvironment(z.object({ REFERRALS_TABLE: z.string() }));
const read = makeGetDispute({ disputes, orders: makeConversionStore({ documents, tableName }) });

export const getDispute: HttpHandler<typeof getDisputeRoute> = async ({ params }, context) => {
  const viewer = await viewerOf(context, params.programId);
  const { dispute, messages, sameOrder } = await read({ ...params, onlyPartners: viewer.onlyPartners });
  const shown = messages.map((message) => messageAnswer(message, viewer.isPartner));
  return { ...disputeAnswer(dispute, viewer), messages: shown, sameOrder: sameOrder && sameOrderAnswer(sameOrder) };
};

export const handler = httpFunction(getDisputeRoute, getDispute);

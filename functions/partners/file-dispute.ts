import * as z from 'zod';
import { callerId } from '#functions/partners/composition';
import { disputeAnswer } from '#functions/partners/dispute-answers';
import { clock, disputes, idempotency, partners, viewerOf } from '#functions/partners/dispute-composition';
import { documents } from '#functions/runtime/dynamodb';
import { readEnvironment } from '#functions/runtime/environment';
import { type HttpHandler, httpFunction } from '#functions/runtime/http';
import { programs } from '#functions/runtime/programs';
import { makeReferralFacts } from '#shared/adapters/dynamodb/referrals/sales/referral-facts';
import { makeFileDispute } from '#shared/application/partners/file-dispute';
import { fileDisputeRoute } from '#shared/contracts/partners/file-dispute';

const { REFERRALS_TABLE: tableName } = readEnvironment(z.object({ REFERRALS_TABLE: z.string() }));
const orders = makeReferralFacts({ documents, tableName });
const file = makeFileDispute({ disputes, partners, programs, orders, clock });

export const fileDispute: HttpHandler<typeof fileDisputeRoute> = async ({ params, body }, context) => {
  const { expectedAmountMinor, currency, ...claim } = body;
  const expected =
    expectedAmountMinor === undefined || currency === undefined
      ? undefined
      : { amountMinor: BigInt(expectedAmountMinor), currency };
  const disputeId = context.newId;
  const viewer = await viewerOf(context, params.programId);
  const by = { by: callerId(context), isStaff: !viewer.isPartner };
  return disputeAnswer(await file({ ...params, ...claim, expected, disputeId, ...by }), viewer);
};

export const handler = httpFunction(fileDisputeRoute, fileDispute, { idempotency });

import * as z from 'zod';
import { callerId } from '#functions/partners/composition';
import { disputeAnswer } from '#functions/partners/dispute-answers';
import { clock, disputes, idempotency, partners, viewerOf } from '#functions/partners/dispute-composition';
import { documents } from '#functions/runtime/dynamodb';
import { readEnvironment } from '#functions/runtime/environment';
import { type HttpHandler, httpFunction } from '#functions/runtime/http';
import { type Principal, partnersOf, rolesIn } from '#functions/runtime/principal';
import { programs } from '#functions/runtime/programs';
import { digest } from '#shared/adapters/digest';
import { makeReferralFacts } from '#shared/adapters/dynamodb/referrals/sales/referral-facts';
import { makeDecideDispute } from '#shared/application/partners/decide-dispute';
import { decideDisputeRoute } from '#shared/contracts/partners/decide-dispute';
import type { remedySchema } from '#shared/contracts/partners/dispute';
import { DECISION_AUTHORITIES, type DecisionAuthority, type Remedy } from '#shared/domain/partner/dispute';

const { REFERRALS_TABLE: tableName } = readEnvironment(z.object({ REFERRALS_TABLE: z.string() }));
const orders = makeReferralFacts({ documents, tableName });
const decide = makeDecideDispute({ disputes, partners, programs, orders, digest, clock });

export const decideDispute: HttpHandler<typeof decideDisputeRoute> = async ({ params, body }, context) => {
  const ownPartners = context.principal ? partnersOf(context.principal, params.programId) : [];
  const authority = authorityOf(context.principal, params.programId);
  const remedy = body.remedy && remedyOf(body.remedy);
  const dispute = await decide({ ...params, ...body, remedy, by: callerId(context), authority, ownPartners });
  return disputeAnswer(dispute, await viewerOf(context, params.programId));
};

/** Whoever has none of the stronger roles decides as a partner manager. */
function authorityOf(principal: Principal | undefined, programId: string): DecisionAuthority {
  const roles = principal && rolesIn(principal, programId);
  return DECISION_AUTHORITIES.find((role) => roles?.has(role)) ?? 'partner_manager';
}

function remedyOf(remedy: z.output<typeof remedySchema>): Remedy {
  if (!('adjustment' in remedy)) {
    return { kind: 'reattribution', ...(remedy.despiteAdjustment ? { despiteAdjustment: true } : {}) };
  }
  const { amountMinor, currency } = remedy.adjustment;
  return { kind: 'adjustment', amountMinor: BigInt(amountMinor), currency };
}

export const handler = httpFunction(decideDisputeRoute, decideDispute, { idempotency });

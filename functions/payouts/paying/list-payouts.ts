import { readPayouts } from '#functions/payouts/ledger/ledger-composition';
import { payoutAnswer } from '#functions/payouts/paying/payout-answer';
import { type HttpHandler, httpFunction, type RequestContext } from '#functions/runtime/http';
import { isPartnerOnly, partnersOf } from '#functions/runtime/principal';
import { Failure } from '#shared/application/failure';
import { listPayoutsRoute } from '#shared/contracts/payouts/paying/list-payouts';

export const listPayouts: HttpHandler<typeof listPayoutsRoute> = async ({ params, query }, { principal }) => {
  const partnerId = visiblePartner(principal, params.programId, query.partnerId);
  const { items, nextCursor } = await readPayouts({ ...params, ...query, partnerId });
  return { items: items.map(payoutAnswer), ...(nextCursor === undefined ? {} : { nextCursor }) };
};

/** A partner reads its own payouts; another's are as if they did not exist. */
function visiblePartner(
  principal: RequestContext['principal'],
  programId: string,
  asked: string | undefined,
): string | undefined {
  if (!principal || !isPartnerOnly(principal, programId)) return asked;
  const own = partnersOf(principal, programId);
  const partnerId = asked ?? own[0];
  if (partnerId === undefined || !own.includes(partnerId)) throw new Failure('not_found', 'There is no such partner.');
  return partnerId;
}

export const handler = httpFunction(listPayoutsRoute, listPayouts);

import { noHold } from '#shared/application/referrals/holds/decide-hold';
import type { Hold } from '#shared/application/referrals/holds/hold-ports';
import type { ConversionStore, OrderRecord } from '#shared/application/referrals/ports';

/** A hold with its sale and every record of it. @throws Failure not_found */
export function makeGetHold(deps: {
  readonly conversions: Pick<ConversionStore, 'findOrder'>;
}): (input: {
  readonly programId: string;
  readonly orderId: string;
}) => Promise<OrderRecord & { readonly hold: Hold }> {
  return async ({ programId, orderId }) => {
    const order = await deps.conversions.findOrder(programId, orderId);
    if (!order?.hold) throw noHold();
    return { ...order, hold: order.hold };
  };
}

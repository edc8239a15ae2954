import { Failure } from '#shared/application/failure';
import type { ConversionStore, OrderRecord } from '#shared/application/referrals/ports';

/** A sale with its attribution record and refunds. @throws Failure not_found */
export function makeGetConversion(deps: {
  readonly conversions: Pick<ConversionStore, 'findOrder'>;
}): (input: { readonly programId: string; readonly orderId: string }) => Promise<OrderRecord> {
  return async ({ programId, orderId }) => {
    const order = await deps.conversions.findOrder(programId, orderId);
    if (!order) {
      throw new Failure('not_found', 'No such order was recorded in this programme. Check its id.', {
        errors: [{ pointer: 'path:orderId', rule: 'is not a recorded order' }],
      });
    }
    return order;
  };
}

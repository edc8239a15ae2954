import { clock, conversions, retry, table } from '#functions/referrals/composition';
import { programs } from '#functions/runtime/programs';
import { digest } from '#shared/adapters/digest';
import { makeRefundStore } from '#shared/adapters/dynamodb/referrals/sales/refunds';
import { makeRecordRefund } from '#shared/application/referrals/sales/record-refund';

/** Recording refunds. */
export const recordRefundOnce = makeRecordRefund({
  conversions,
  refunds: makeRefundStore(table),
  programs,
  clock,
  digest,
  ...retry,
});

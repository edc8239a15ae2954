import type * as z from 'zod';
import type { RecordConversionInput } from '#shared/application/referrals/sales/record-conversion';
import type { RecordRefundInput } from '#shared/application/referrals/sales/record-refund';
import type { conversionSchema } from '#shared/contracts/referrals/record-conversion';
import type { refundSchema } from '#shared/contracts/referrals/record-refund';

export function conversionInput(programId: string, sent: z.output<typeof conversionSchema>): RecordConversionInput {
  const { amount, convertedFrom, ...rest } = sent;
  return {
    ...rest,
    programId,
    amountMinor: BigInt(amount.minor),
    currency: amount.currency,
    ...(convertedFrom ? { convertedFrom: { ...convertedFrom, minor: BigInt(convertedFrom.minor) } } : {}),
  };
}

export function refundInput(programId: string, sent: z.output<typeof refundSchema>): RecordRefundInput {
  return { ...sent, programId, amountMinor: BigInt(sent.amountMinor) };
}

import * as z from 'zod';
import type { Instant, Period } from '#shared/domain/time/instant';

/** Fields of stored items. lib-dynamodb reads an amount as number when small and as bigint above 2^53: here it is always bigint. */
export const minorField = z.union([z.int(), z.bigint()]).transform((value) => BigInt(value));
export const instantField = z.string().transform((text) => text as Instant);
export const periodField = z.string().transform((text) => text as Period);

export const sixAmountFields = {
  earnedMinor: minorField,
  clawbackMinor: minorField,
  adjustmentMinor: minorField,
  openingBalanceMinor: minorField,
  payableMinor: minorField,
  closingBalanceMinor: minorField,
};

import { clock, conversions, redemptions, retry, table } from '#functions/referrals/composition';
import { log } from '#functions/runtime/log';
import { programs } from '#functions/runtime/programs';
import { digest } from '#shared/adapters/digest';
import { makeCodeStore } from '#shared/adapters/dynamodb/referrals/codes/codes';
import { makeRedeemCode } from '#shared/application/referrals/redemptions/redeem-code';

/** Reserving a code. */
export const reserveCode = makeRedeemCode({
  redemptions,
  codes: makeCodeStore(table),
  customers: conversions,
  programs,
  clock,
  digest,
  log,
  ...retry,
});

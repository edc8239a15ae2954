import { readsContract, route, type ServiceDeclaration, usesSecret, writes } from '../declarations.ts';
import { BATCH, REQUEST } from '../profiles.ts';

const records = [writes('referrals'), readsContract('money'), readsContract('partners'), usesSecret()];

/** Redemptions, conversions and refunds. */
export const referralsFunctions: ServiceDeclaration = {
  'redeem-code': route(REQUEST, records),
  'confirm-redemption': route(REQUEST, records),
  'release-redemption': route(REQUEST, records),
  'record-conversion': route(REQUEST, records),
  'record-conversions': route(BATCH, records),
  'get-conversion': route(REQUEST, records),
  'record-refund': route(REQUEST, records),
  'record-refunds': route(BATCH, records),
};

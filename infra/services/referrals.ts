import { reads, readsContract, route, type ServiceDeclaration, usesSecret, writes } from '../declarations.ts';
import { BATCH, REQUEST } from '../profiles.ts';

const terms = [readsContract('money'), readsContract('partners'), usesSecret()];
const records = [writes('referrals'), ...terms];

/** Redemptions, conversions and refunds. */
export const referralsFunctions: ServiceDeclaration = {
  'redeem-code': route(REQUEST, records),
  'confirm-redemption': route(REQUEST, records),
  'release-redemption': route(REQUEST, records),
  'record-conversion': route(REQUEST, records),
  'record-conversions': route(BATCH, records),
  'get-conversion': route(REQUEST, reads('referrals'), terms),
  'record-refund': route(REQUEST, records),
  'record-refunds': route(BATCH, records),
};

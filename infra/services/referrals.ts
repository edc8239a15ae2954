import {
  reads,
  readsContract,
  readsEmailHashes,
  route,
  type ServiceDeclaration,
  usesSecret,
  writes,
} from '../declarations.ts';
import { BATCH, REQUEST } from '../profiles.ts';

const stamps = [writes('referrals'), readsContract('money')];
/** Whoever reads the secret could also forge click tokens. */
const attributes = [...stamps, readsEmailHashes(), usesSecret()];

/** Redemptions, conversions and refunds. */
export const referralsFunctions: ServiceDeclaration = {
  'redeem-code': route(REQUEST, stamps),
  'confirm-redemption': route(REQUEST, writes('referrals')),
  'release-redemption': route(REQUEST, writes('referrals')),
  'record-conversion': route(REQUEST, attributes),
  'record-conversions': route(BATCH, attributes),
  'get-conversion': route(REQUEST, reads('referrals')),
  'reattribute-conversion': route(REQUEST, stamps, readsEmailHashes()),
  'record-refund': route(REQUEST, stamps),
  'record-refunds': route(BATCH, stamps),
};

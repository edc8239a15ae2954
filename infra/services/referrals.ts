import {
  onEvent,
  publishes,
  reads,
  readsContract,
  readsDisputeDecisions,
  readsEmailHashes,
  readsOrderDisputes,
  readsSales,
  route,
  type ServiceDeclaration,
  usesSecret,
  when,
  writes,
} from '../declarations.ts';
import { BATCH, FACT_TASK, REQUEST } from '../profiles.ts';

const stamps = [writes('referrals'), readsContract('money')];
/** Whoever reads the secret could also forge click tokens. */
const attributes = [...stamps, readsEmailHashes(), usesSecret()];

/** Whether a dispute has paid for a sale. */
const paidDisputes = [readsOrderDisputes(), readsDisputeDecisions()];

/** Redemptions, conversions and refunds. */
export const referralsFunctions: ServiceDeclaration = {
  'redeem-code': route(REQUEST, stamps),
  'confirm-redemption': route(REQUEST, writes('referrals')),
  'release-redemption': route(REQUEST, writes('referrals')),
  'record-conversion': route(REQUEST, attributes),
  'record-conversions': route(BATCH, attributes),
  'get-conversion': route(REQUEST, reads('referrals')),
  'list-conversions': route(REQUEST, readsSales(), readsContract('money')),
  'reattribute-conversion': route(REQUEST, stamps, readsEmailHashes(), paidDisputes),
  'reattribute-disputed-conversion': when(
    onEvent('dispute.decided'),
    FACT_TASK,
    stamps,
    readsEmailHashes(),
    paidDisputes,
    publishes(),
  ),
  'remember-touches': route(REQUEST, stamps, usesSecret()),
  'get-customer-partner': route(REQUEST, reads('referrals'), readsContract('money')),
  'bind-customer': route(REQUEST, stamps, readsEmailHashes()),
  'record-refund': route(REQUEST, stamps),
  'record-refunds': route(BATCH, stamps),
};

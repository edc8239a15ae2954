import { SALE_RECORDS } from '#shared/adapters/dynamodb/referrals/sales/sale-stream';
import {
  knows,
  onEvent,
  onEveryHour,
  onGatheredRecords,
  onLogs,
  publishes,
  reads,
  readsContract,
  readsDisputeDecisions,
  readsEmailHashes,
  readsHolds,
  readsNoticeInterest,
  readsOrderDisputes,
  readsPayeeAccounts,
  readsSales,
  readsStripeSecrets,
  route,
  type ServiceDeclaration,
  usesSecret,
  when,
  writes,
  writesStripeSecrets,
} from '../declarations.ts';
import { BATCH, COMPUTE, EXPORT, FACT_TASK, REQUEST, TASK } from '../profiles.ts';

const stamps = [writes('referrals'), readsContract('money')];
/** Whoever reads the secret could also forge click tokens. */
const attributes = [...stamps, readsEmailHashes(), ...readsPayeeAccounts(), usesSecret()];

/** Whether a dispute has paid for a sale. */
const paidDisputes = [readsOrderDisputes(), readsDisputeDecisions()];

/** Redemptions, conversions and refunds. */
export const referralsFunctions: ServiceDeclaration = {
  'redeem-code': route(REQUEST, stamps),
  'confirm-redemption': route(REQUEST, writes('referrals')),
  'rollup-redemptions': when(
    onLogs('confirm-redemption', '{ $.type = "redemption" }'),
    TASK,
    writes('referrals'),
    readsContract('money'),
  ),
  'release-redemption': route(REQUEST, writes('referrals')),
  'record-conversion': route(REQUEST, attributes),
  'record-conversions': route(BATCH, attributes),
  'get-conversion': route(REQUEST, reads('referrals')),
  'list-conversions': route(REQUEST, readsSales(), readsContract('money')),
  'list-holds': route(REQUEST, readsHolds(), readsContract('money')),
  'get-hold': route(REQUEST, reads('referrals')),
  'decide-hold': route(REQUEST, stamps),
  'escalate-holds': when(onEveryHour(), TASK, stamps, publishes()),
  'review-partners': when(onEveryHour(), COMPUTE, stamps, readsContract('partners'), readsPayeeAccounts()),
  'list-partner-signals': route(REQUEST, readsHolds(), readsContract('money')),
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
  'set-stripe-source': route(REQUEST, stamps, readsStripeSecrets(), writesStripeSecrets()),
  'get-stripe-source': route(REQUEST, reads('referrals'), readsContract('money')),
  'disable-stripe-source': route(REQUEST, stamps, writesStripeSecrets()),
  'receive-stripe-event': route(REQUEST, attributes, readsStripeSecrets()),
  'list-stripe-events': route(REQUEST, reads('referrals'), readsContract('money')),
  'retry-stripe-event': route(REQUEST, attributes),
  'sweep-stripe-events': when(onEveryHour(), FACT_TASK, attributes),
  'report-influence': route(EXPORT, reads('referrals'), readsContract('money'), readsContract('partners')),
  'publish-referral-events': when(
    onGatheredRecords('referrals', SALE_RECORDS),
    TASK,
    publishes(),
    readsNoticeInterest(),
    knows('CONFIG_TTL_SECONDS'),
  ),
  'record-refund': route(REQUEST, stamps),
  'record-refunds': route(BATCH, stamps),
};

import type { Table } from 'aws-cdk-lib/aws-dynamodb';
import { Effect, PolicyStatement } from 'aws-cdk-lib/aws-iam';
import { idempotencyKey } from '#shared/adapters/dynamodb/idempotency-keys';
import {
  auditPartitions,
  figuresPk,
  PROGRAMS_CONTRACT_PK,
  payoutPk,
  plansPk,
  programKey,
  reservedPayoutsPk,
  runsPk,
  statementPk,
} from '#shared/adapters/dynamodb/money/money-keys';
import {
  API_KEYS_PK,
  apiKeyByHashKey,
  applicationFormKey,
  applicationKey,
  applicationLettersPk,
  applicationsContractPk,
  applicationsOfDayPk,
  billingPk,
  disputeDecisionsPk,
  disputesContractPk,
  disputesOfOrderPk,
  emailHashKey,
  mailProblemsContractPk,
  mailRecordKey,
  noticeInterestKey,
  overviewPk,
  overviewRowsPk,
  PAYEE_HASH_KEY,
  payeeAccountPk,
  payeeChangesContractPk,
  payeeHashKey,
  payeeKey,
  personPk,
  preferencesKey,
  profileKey,
  returnedPayoutsPk,
  roleChangesPk,
  sessionKey,
  termsContractPk,
  termsKey,
  tierSchemesPk,
  visitsKey,
  webhookDeliveriesPk,
  webhookEndpointsPk,
  webhookPausesPk,
} from '#shared/adapters/dynamodb/partners/partners-keys';
import {
  clickSpreadKey,
  clickTotalKey,
  codeListing,
  customerKey,
  factsPartition,
  holdsPartition,
  linkListing,
  orderPartition,
  partnerInPlaceOfSlug,
  partnerSignalsPk,
  reattributedPartition,
  redeemedDaysPartition,
} from '#shared/adapters/dynamodb/referrals/referrals-keys';
import type { Binding, ItemsName, TableName } from '../declarations.ts';
import { CONTRACT_INDEX, INDEXES } from './tables.ts';

type Access = Extract<Binding, { kind: 'table' }>['access'];

const GET = 'dynamodb:GetItem';
const BATCH_GET = 'dynamodb:BatchGetItem';
const QUERY = 'dynamodb:Query';
const READ = [GET, QUERY, BATCH_GET];
// Not BatchWriteItem: its one permission would allow deletes as well as puts.
const PUT = 'dynamodb:PutItem';
const UPDATE = 'dynamodb:UpdateItem';
const WRITE = [PUT, UPDATE, 'dynamodb:ConditionCheckItem'];

export const TABLE_VARIABLE: Readonly<Record<TableName, string>> = {
  referrals: 'REFERRALS_TABLE',
  money: 'MONEY_TABLE',
  partners: 'PARTNERS_TABLE',
};

/** In the place of an id in a key: any id. The patterns of the grants are the keys themselves, so that they cannot drift apart. */
const ANY = '*';

const WEBHOOK_LOG = [webhookEndpointsPk(ANY), webhookDeliveriesPk(ANY, ANY)];
/** With the answers that are kept for repeats; `?*` is a programme's id, because `*` would mean none. */
const WEBHOOKS = [
  ...WEBHOOK_LOG,
  webhookPausesPk(ANY, ANY),
  idempotencyKey(`?*/redeliver-webhook/${ANY}`, ANY).pk,
  idempotencyKey(`?*/test-webhook-endpoint/${ANY}`, ANY).pk,
];

/** With the answers that are kept for repeats. */
const MAIL_RECORDS = [mailRecordKey(ANY, ANY).pk, idempotencyKey(`?*/lift-mail-problem/${ANY}`, ANY).pk];

const APPLICATIONS = [applicationKey(ANY, ANY).pk, applicationLettersPk(ANY, ANY), applicationsOfDayPk(ANY, ANY)];

const OVERVIEWS = [overviewPk(ANY), overviewRowsPk(ANY, ANY)];
/** With the answers that are kept for repeats. */
const KEPT_OVERVIEWS = [...OVERVIEWS, returnedPayoutsPk(ANY), idempotencyKey(`?*/request-overview/${ANY}`, ANY).pk];

const AUDIT_CHAINS = `${auditPartitions(ANY)}#${ANY}`;

/** What a function may do with a table. */
export function tableStatements(table: Table, name: TableName, access: Access): readonly PolicyStatement[] {
  const everywhere = [table.tableArn, ...INDEXES[name].map((index) => indexArn(table, index))];
  switch (access) {
    case 'get':
      return [allow([GET], table.tableArn)];
    case 'read':
      return [allow(READ, ...everywhere)];
    case 'write':
      return [
        allow(READ, ...everywhere),
        allow(WRITE, table.tableArn),
        ...(name === 'money' ? [sparesAuditChains(table)] : []),
      ];
    case 'append':
      return [within([AUDIT_CHAINS], [GET, BATCH_GET, PUT], table.tableArn)];
    case 'contract':
      return CONTRACT[name](table);
  }
}

/** What another service may read: of an index that also holds other things, and by key, only the partitions named. */
const CONTRACT: Readonly<Record<TableName, (table: Table) => readonly PolicyStatement[]>> = {
  referrals: (table) => [
    allow([QUERY], indexArn(table, CONTRACT_INDEX.referrals)),
    within([orderPartition(ANY, ANY)], [QUERY], table.tableArn),
    within([customerKey(ANY, ANY).pk], [BATCH_GET], table.tableArn),
  ],
  money: (table) => [
    within([PROGRAMS_CONTRACT_PK], [QUERY], indexArn(table, CONTRACT_INDEX.money)),
    within([programKey(ANY).pk, plansPk(ANY)], [GET], table.tableArn),
  ],
  partners: (table) => [
    within([termsContractPk(ANY)], [QUERY], indexArn(table, CONTRACT_INDEX.partners)),
    within([termsKey(ANY, ANY).pk], [GET], table.tableArn),
  ],
};

const REFERRALS_ITEMS: ReadonlySet<ItemsName> = new Set([
  'reattributors',
  'holds',
  'orders',
  'sales',
  'offers',
  'partner_activity',
]);

/** The table that some items are in. */
export function tableOfItems(items: ItemsName): TableName {
  if (items === 'told_payments' || items === 'payout_states' || items === 'figures') return 'money';
  return REFERRALS_ITEMS.has(items) ? 'referrals' : 'partners';
}

/** Some items of a table. */
export function itemStatements(
  tables: Readonly<Record<TableName, Table>>,
  items: ItemsName,
): readonly PolicyStatement[] {
  const { partners, referrals, money } = tables;
  switch (items) {
    case 'reattributors':
      return [within([reattributedPartition(ANY, ANY)], [QUERY], indexArn(referrals, CONTRACT_INDEX.referrals))];
    case 'holds':
      return [
        within([holdsPartition(ANY, ANY)], [QUERY], indexArn(referrals, CONTRACT_INDEX.referrals)),
        within([partnerSignalsPk(ANY)], [QUERY], referrals.tableArn),
      ];
    case 'orders':
      return [within([orderPartition(ANY, ANY)], [QUERY], referrals.tableArn)];
    case 'sales':
      return [within([factsPartition(ANY, ANY, ANY)], [QUERY], indexArn(referrals, CONTRACT_INDEX.referrals))];
    case 'offers':
      return [
        within([linkListing(ANY).pk, codeListing(ANY).pk], [QUERY], referrals.tableArn),
        within([clickTotalKey(ANY, ANY).pk], [BATCH_GET], referrals.tableArn),
      ];
    case 'payout_states':
      return [
        within([runsPk(ANY)], [QUERY], money.tableArn),
        within([reservedPayoutsPk(ANY)], [QUERY], indexArn(money, CONTRACT_INDEX.money)),
      ];
    case 'overviews':
      return [within(OVERVIEWS, [GET, QUERY], partners.tableArn)];
    case 'kept_overviews':
      return [within(KEPT_OVERVIEWS, [GET, QUERY, PUT, UPDATE], partners.tableArn)];
    case 'payees':
      return [within([payeeKey(ANY, ANY).pk], [GET, BATCH_GET], partners.tableArn)];
    case 'payee_changes':
      return [within([payeeChangesContractPk(ANY)], [QUERY], indexArn(partners, CONTRACT_INDEX.partners))];
    case 'tier_schemes':
      return [within([tierSchemesPk(ANY)], [QUERY], partners.tableArn)];
    case 'role_changes':
      return [within([roleChangesPk(ANY)], [QUERY], partners.tableArn)];
    case 'figures':
      return [within([figuresPk(ANY, ANY)], [GET, PUT], money.tableArn), sparesAuditChains(money)];
    case 'partner_activity': {
      // Also what follows in the keys of the shards.
      const clicks = clickSpreadKey(ANY, partnerInPlaceOfSlug(ANY)).pk;
      return [within([clicks, redeemedDaysPartition(ANY, ANY)], [GET, QUERY], referrals.tableArn)];
    }
    case 'told_payments':
      return [within([statementPk(ANY, ANY), payoutPk(ANY, ANY)], [GET], money.tableArn)];
    case 'notice_interest':
      return [within([noticeInterestKey(ANY).pk], [GET], partners.tableArn)];
    case 'email_hashes':
      return [within([emailHashKey(ANY, ANY).pk], [GET], partners.tableArn)];
    case 'payee_accounts':
      return [
        within([payeeHashKey(ANY, ANY).pk, PAYEE_HASH_KEY.pk], [GET], partners.tableArn),
        within([payeeAccountPk(ANY, ANY)], [QUERY], partners.tableArn),
      ];
    case 'open_disputes':
      return [within([disputesContractPk(ANY, ANY)], [QUERY], indexArn(partners, CONTRACT_INDEX.partners))];
    case 'order_disputes':
      return [within([disputesOfOrderPk(ANY, ANY)], [QUERY], partners.tableArn)];
    case 'partner_names':
      return [within([profileKey(ANY, ANY).pk], [GET], partners.tableArn)];
    case 'billings':
      return [within([billingPk(ANY, ANY)], [QUERY], partners.tableArn)];
    case 'dispute_decisions':
      return [within([disputeDecisionsPk(ANY, ANY)], [GET], partners.tableArn)];
    case 'api_keys':
      return [within([API_KEYS_PK], [QUERY], partners.tableArn)];
    case 'webhooks':
      return [within(WEBHOOKS, [GET, QUERY, PUT, UPDATE], partners.tableArn)];
    case 'webhook_log':
      return [within(WEBHOOK_LOG, [GET, QUERY], partners.tableArn)];
    case 'mail_records':
      return [within(MAIL_RECORDS, [GET, PUT, UPDATE], partners.tableArn)];
    case 'mail_problems':
      return [within([mailProblemsContractPk(ANY)], [QUERY], indexArn(partners, CONTRACT_INDEX.partners))];
    case 'persons':
      return [within([personPk(ANY)], [QUERY], partners.tableArn)];
    case 'choices':
      return [within([preferencesKey(ANY, ANY).pk], [GET], partners.tableArn)];
    case 'own_choices':
      return [within([preferencesKey(ANY, ANY).pk], [GET, PUT], partners.tableArn)];
    case 'sessions':
      return [within([sessionKey(ANY).pk, visitsKey(ANY).pk], [GET, PUT, UPDATE], partners.tableArn)];
    case 'application_forms':
      return [within([applicationFormKey(ANY).pk], [GET], partners.tableArn)];
    case 'applications':
      return [
        within(APPLICATIONS, [GET, PUT, UPDATE], partners.tableArn),
        within([applicationsContractPk(ANY, 'waiting')], [QUERY], indexArn(partners, CONTRACT_INDEX.partners)),
      ];
    case 'application_letters':
      return [
        within([applicationKey(ANY, ANY).pk, mailRecordKey(ANY, ANY).pk], [GET], partners.tableArn),
        within([applicationLettersPk(ANY, ANY)], [UPDATE], partners.tableArn),
      ];
    case 'one_application':
      return [within([applicationKey(ANY, ANY).pk], [GET], partners.tableArn)];
    case 'callers':
      return [
        within([API_KEYS_PK, apiKeyByHashKey(ANY).pk], [GET], partners.tableArn),
        within([personPk(ANY)], [QUERY], partners.tableArn),
      ];
  }
}

/** Without a condition. */
export function allow(actions: readonly string[], ...resources: readonly string[]): PolicyStatement {
  return new PolicyStatement({ actions: [...actions], resources: [...resources] });
}

/**
 * Only where every partition key of the request matches a pattern; on an index, its own partition key.
 * A request without keys would pass, but none of these actions can be sent without: scans and statements are granted to nobody.
 */
function within(
  partitions: readonly string[],
  actions: readonly string[],
  ...resources: readonly string[]
): PolicyStatement {
  const statement = allow(actions, ...resources);
  statement.addCondition('ForAllValues:StringLike', { 'dynamodb:LeadingKeys': [...partitions] });
  return statement;
}

/** Who may write everything else of Money writes no audit chain: a record is only as good as those who could have made it. */
function sparesAuditChains(money: Table): PolicyStatement {
  return new PolicyStatement({
    effect: Effect.DENY,
    actions: [PUT, UPDATE],
    resources: [money.tableArn],
    conditions: { 'ForAnyValue:StringLike': { 'dynamodb:LeadingKeys': [AUDIT_CHAINS] } },
  });
}

function indexArn(table: Table, index: string): string {
  return `${table.tableArn}/index/${index}`;
}

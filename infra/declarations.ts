import { BANK_REPORTS_FOLDER } from '#shared/adapters/documents/bank-report-files';
import { SIMULATIONS_FOLDER } from '#shared/adapters/documents/simulation-files';
import { TRAINING_FOLDER } from '#shared/adapters/documents/training-files';
import type { DomainEvent } from '#shared/contracts/events';
import type { Profile } from './profiles.ts';

/** What a function may touch. Each binding becomes its grant and its environment variables together (constructs/bindings.ts). */
export type TableName = 'referrals' | 'money' | 'partners';
export type SettingName =
  | 'CONFIG_TTL_SECONDS'
  | 'DRAIN_SECONDS'
  | 'SHARDS_AT_ONCE'
  | 'PUBLIC_URL'
  | 'OIDC_ISSUER'
  | 'OIDC_AUDIENCE'
  | 'OIDC_CLIENT_ID'
  | 'STRIPE_API_URL'
  | 'PAYPAL_API_URL'
  | 'WEBHOOK_TRIAL_ORIGIN'
  | 'DEBTOR_NAME'
  | 'DEBTOR_IBAN'
  | 'DEBTOR_BIC';

/**
 * Some partitions of a table that is another service's, or of which a function needs no more. Partitions, because a grant
 * can tell these apart and nothing finer.
 */
export type ItemsName =
  | 'payees'
  | 'payee_changes'
  | 'tier_schemes'
  | 'role_changes'
  | 'notice_interest'
  | 'told_payments'
  | 'figures'
  | 'partner_activity'
  | 'email_hashes'
  | 'payee_accounts'
  | 'callers'
  | 'api_keys'
  | 'dispute_decisions'
  | 'open_disputes'
  | 'order_disputes'
  | 'partner_names'
  | 'billings'
  | 'reattributors'
  | 'webhooks'
  | 'mail_records'
  | 'mail_problems'
  | 'persons'
  | 'choices'
  | 'own_choices'
  | 'sessions'
  | 'webhook_log'
  | 'holds'
  | 'orders'
  | 'sales'
  | 'offers'
  | 'payout_states'
  | 'overviews'
  | 'kept_overviews'
  | 'application_forms'
  | 'applications'
  | 'application_letters'
  | 'one_application';

export type MachineName = 'payoutRun' | 'simulation' | 'webhookDelivery';

export type Binding =
  | {
      readonly kind: 'table';
      readonly table: TableName;
      readonly access: 'get' | 'read' | 'write' | 'append' | 'contract';
    }
  | { readonly kind: 'items'; readonly items: ItemsName }
  | { readonly kind: 'documents'; readonly access: 'read' | 'write'; readonly folder?: string | undefined }
  | { readonly kind: 'machine'; readonly machine: MachineName; readonly access: 'start' | 'resume' }
  | { readonly kind: 'setting'; readonly setting: SettingName }
  | { readonly kind: 'secret' }
  | { readonly kind: 'payee_key'; readonly access: 'encrypt' | 'decrypt' | 'hash' }
  | { readonly kind: 'stripe_secrets'; readonly access: 'read' | 'write' }
  | { readonly kind: 'rail_keys'; readonly access: 'read' | 'write' }
  | { readonly kind: 'bus' }
  | { readonly kind: 'mail' };

/** GetItem alone, for a path that must never do more than one read. */
export const gets = (table: TableName): Binding => ({ kind: 'table', table, access: 'get' });
/** Get, query and batch-get, on the table and its indexes. */
export const reads = (table: TableName): Binding => ({ kind: 'table', table, access: 'read' });
/**
 * Everything `reads` may, and put, update and condition checks; of Money without its audit chains. Nobody deletes: items lapse or
 * are superseded.
 */
export const writes = (table: TableName): Binding => ({ kind: 'table', table, access: 'write' });
/** The audit chains in Money and nothing else: what `writes` may not. Records are put, never updated. */
export const appendsAuditRecords = (): Binding => ({ kind: 'table', table: 'money', access: 'append' });
/** Another service's table, read-only: the index that is its contract, and by key the items that belong to it. Nothing personal. */
export const readsContract = (table: TableName): Binding => ({ kind: 'table', table, access: 'contract' });
/** Payees of partners; their details as ciphertext. */
export const readsPayees = (): Binding => ({ kind: 'items', items: 'payees' });
/** Opens the details of payees: for what hands payouts over, and nothing else. */
export const opensPayees = (): Binding => ({ kind: 'payee_key', access: 'decrypt' });
/** Seals the details of payees, and cannot open them. */
export const sealsPayees = (): Binding => ({ kind: 'payee_key', access: 'encrypt' });
/** Who changed a payee and when, without the details. */
export const readsPayeeChanges = (): Binding => ({ kind: 'items', items: 'payee_changes' });
/** What the programme's tiers ask for, and who said so. */
export const readsTierSchemes = (): Binding => ({ kind: 'items', items: 'tier_schemes' });
/** Who gave which roles, by id and hash. */
export const readsRoleChanges = (): Binding => ({ kind: 'items', items: 'role_changes' });
/** A statement's amounts and a payout, by their ids: what partners are told of them. */
export const readsToldPayments = (): Binding => ({ kind: 'items', items: 'told_payments' });
/** What partners' open months came to when it was worked out last: to read and to put in its place. */
export const keepsFigures = (): Binding => ({ kind: 'items', items: 'figures' });
/** Clicks of all links of a partner by day, and redemptions of its codes; of no link and no person. */
export const readsPartnerActivity = (): Binding => ({ kind: 'items', items: 'partner_activity' });
/** Which kinds of notices somebody of a programme wants one by one. */
export const readsNoticeInterest = (): Binding => ({ kind: 'items', items: 'notice_interest' });
/** Who re-attributed sales of a month, without the sales. */
export const readsReattributors = (): Binding => ({ kind: 'items', items: 'reattributors' });
/** Sales that are held for review, by status, and what reviews found of partners. */
export const readsHolds = (): Binding => ({ kind: 'items', items: 'holds' });
/** An order by its id, with its refunds and how it moved between partners. */
export const readsOrders = (): Binding => ({ kind: 'items', items: 'orders' });
/** Sales and refunds by partner and month. */
export const readsSales = (): Binding => ({ kind: 'items', items: 'sales' });
/** Links and codes by partner, and how often links were followed. */
export const readsOffers = (): Binding => ({ kind: 'items', items: 'offers' });
/** Runs of payouts, and payouts that wait: amounts and states, not where they go. */
export const readsPayoutStates = (): Binding => ({ kind: 'items', items: 'payout_states' });
/** What managers see of partners, derived. */
export const readsOverviews = (): Binding => ({ kind: 'items', items: 'overviews' });
/** The same to read and to keep, and to ask for it anew. */
export const keepsOverviews = (): Binding => ({ kind: 'items', items: 'kept_overviews' });
/** Whether a partner exists, and the hash of its address. */
export const readsEmailHashes = (): Binding => ({ kind: 'items', items: 'email_hashes' });
/** Whether partners are paid into the same account, by its hash, with the key that makes these. */
export const readsPayeeAccounts = (): Binding[] => [
  { kind: 'items', items: 'payee_accounts' },
  { kind: 'payee_key', access: 'hash' },
];
/** Disputes by status. */
export const readsOpenDisputes = (): Binding => ({ kind: 'items', items: 'open_disputes' });
/** Which partner disputed an order and how it ended, without a word of it. */
export const readsOrderDisputes = (): Binding => ({ kind: 'items', items: 'order_disputes' });
/** Partners' names, to show them; the same item holds the e-mail address. */
export const readsPartnerNames = (): Binding => ({ kind: 'items', items: 'partner_names' });
/** Who partners are on their invoices: address and tax numbers. */
export const readsBillings = (): Binding => ({ kind: 'items', items: 'billings' });
/** Who decided a dispute how, without a word of it. */
export const readsDisputeDecisions = (): Binding => ({ kind: 'items', items: 'dispute_decisions' });
/** API keys by their hash, and the partners and roles of a hashed address. */
export const readsCallers = (): Binding => ({ kind: 'items', items: 'callers' });
/** Who made which API key; nothing by which a secret could be found. */
export const readsApiKeyMakers = (): Binding => ({ kind: 'items', items: 'api_keys' });
/** Webhook endpoints and their deliveries, to show them. */
export const readsWebhooks = (): Binding => ({ kind: 'items', items: 'webhook_log' });
/** The same to read and to write: all that what talks to receivers may do with the table. */
export const keepsWebhooks = (): Binding => ({ kind: 'items', items: 'webhooks' });
/** What is known of addresses that mail is sent to, by their hash. */
export const keepsMailRecords = (): Binding => ({ kind: 'items', items: 'mail_records' });
/** Who gets no e-mail. */
export const readsMailProblems = (): Binding => ({ kind: 'items', items: 'mail_problems' });
/** Which partners a person is, by the hash of its address. */
export const readsPersons = (): Binding => ({ kind: 'items', items: 'persons' });
/** What readers of notices have chosen. */
export const readsChoices = (): Binding => ({ kind: 'items', items: 'choices' });
export const changesChoices = (): Binding => ({ kind: 'items', items: 'own_choices' });
/** Sessions of the console and when people used it: sealed, and by hashes. */
export const keepsSessions = (): Binding => ({ kind: 'items', items: 'sessions' });
/** What a programme asks applicants. */
export const readsApplicationForms = (): Binding => ({ kind: 'items', items: 'application_forms' });
/** Applications, their letters and the counts of a day: all that what strangers reach may do with the table. */
export const keepsApplications = (): Binding => ({ kind: 'items', items: 'applications' });
/** An application, by the id that a link names. */
export const readsApplication = (): Binding => ({ kind: 'items', items: 'one_application' });
/** An application, to write to the applicant, whether its address takes e-mail, and the claims on letters. */
export const writesToApplicants = (): Binding => ({ kind: 'items', items: 'application_letters' });
export const readsDocuments = (): Binding => ({ kind: 'documents', access: 'read' });
export const writesDocuments = (): Binding => ({ kind: 'documents', access: 'write' });
/** The files of simulations, in a folder that no programme's bank files can be in. */
export const readsSimulations = (): Binding => ({ kind: 'documents', access: 'read', folder: SIMULATIONS_FOLDER });
export const writesSimulations = (): Binding => ({ kind: 'documents', access: 'write', folder: SIMULATIONS_FOLDER });
/** What banks answered, apart from the files for banks. */
export const writesBankReports = (): Binding => ({ kind: 'documents', access: 'write', folder: BANK_REPORTS_FOLDER });
/** Files of courses, in a folder of their own. */
export const readsCourseFiles = (): Binding => ({ kind: 'documents', access: 'read', folder: TRAINING_FOLDER });
export const writesCourseFiles = (): Binding => ({ kind: 'documents', access: 'write', folder: TRAINING_FOLDER });
export const startsPayoutRun = (): Binding => ({ kind: 'machine', machine: 'payoutRun', access: 'start' });
export const resumesPayoutRun = (): Binding => ({ kind: 'machine', machine: 'payoutRun', access: 'resume' });
export const startsSimulation = (): Binding => ({ kind: 'machine', machine: 'simulation', access: 'start' });
export const startsWebhookDelivery = (): Binding => ({
  kind: 'machine',
  machine: 'webhookDelivery',
  access: 'start',
});
export const usesSecret = (): Binding => ({ kind: 'secret' });
/** The signing secrets of Stripe's events, one a programme, made on demand. */
export const readsStripeSecrets = (): Binding => ({ kind: 'stripe_secrets', access: 'read' });
export const writesStripeSecrets = (): Binding => ({ kind: 'stripe_secrets', access: 'write' });
/** The keys by which programmes pay through Stripe and PayPal, made on demand: whoever reads them can move money. */
export const readsRailKeys = (): Binding => ({ kind: 'rail_keys', access: 'read' });
export const writesRailKeys = (): Binding => ({ kind: 'rail_keys', access: 'write' });
export const publishes = (): Binding => ({ kind: 'bus' });
export const sendsMail = (): Binding => ({ kind: 'mail' });
export const knows = (...settings: SettingName[]): Binding[] =>
  settings.map((setting) => ({ kind: 'setting', setting }));

/** What calls a function. `event`, `stream`, `logs`, `hourly` and `mail_feedback` are asynchronous: what fails there ends in the stack's dead-letter queue. */
export type Trigger =
  | { readonly kind: 'route' }
  | { readonly kind: 'authorizer' }
  | { readonly kind: 'unknown_route' }
  | { readonly kind: 'workflow' }
  | { readonly kind: 'event'; readonly types: readonly DomainEvent['type'][] }
  | {
      readonly kind: 'stream';
      readonly table: TableName;
      /** Patterns of records, one of which must match; all records without. */
      readonly records?: readonly object[] | undefined;
      /** That nobody waits for: fewer calls of more records. */
      readonly gathers?: boolean | undefined;
    }
  | { readonly kind: 'logs'; readonly of: readonly string[]; readonly pattern: string }
  | { readonly kind: 'hourly' }
  | { readonly kind: 'mail_feedback' };

export const onEvent = (...types: DomainEvent['type'][]): Trigger => ({ kind: 'event', types });
/** Of items of these types, by their attribute `type`; of all without. */
export const onStream = (table: TableName, itemTypes?: readonly string[]): Trigger => ({
  kind: 'stream',
  table,
  ...(itemTypes ? { records: [{ dynamodb: { NewImage: { type: { S: [...itemTypes] } } } }] } : {}),
});
/** Of records that match one of the patterns, some seconds of them at once. */
export const onGatheredRecords = (table: TableName, records: readonly object[]): Trigger => ({
  kind: 'stream',
  table,
  records,
  gathers: true,
});
/** Of one function, or of several of the same service. */
export const onLogs = (of: string | readonly string[], pattern: string): Trigger => ({
  kind: 'logs',
  of: [of].flat(),
  pattern,
});
export const onEveryHour = (): Trigger => ({ kind: 'hourly' });
/** What SES says of messages of this installation that came back, or that somebody complained about. */
export const onMailFeedback = (): Trigger => ({ kind: 'mail_feedback' });
export const onAuthorization = (): Trigger => ({ kind: 'authorizer' });
export const onUnknownRoute = (): Trigger => ({ kind: 'unknown_route' });

export type FunctionDeclaration = {
  readonly trigger: Trigger;
  readonly uses: readonly Binding[];
  readonly profile: Profile;
  /** The stack it lives in, where its service has outgrown one; of functions that wait for somebody, since each stack of asynchronous ones has a queue and an alarm. */
  readonly part?: string | undefined;
};

/** By function name: the name is also the file in functions/{service}/ and, for routes, the contract's name. */
export type ServiceDeclaration = Readonly<Record<string, FunctionDeclaration>>;

/** Declarations in a stack of their own: CloudFormation takes at most 500 resources a stack. */
export function inPart(part: string, declarations: ServiceDeclaration): ServiceDeclaration {
  return Object.fromEntries(Object.entries(declarations).map(([name, one]) => [name, { ...one, part }]));
}

type Uses = readonly (Binding | readonly Binding[])[];

/** The function behind the route of the same name in shared/contracts. */
export function route(profile: Profile, ...uses: Uses): FunctionDeclaration {
  return { trigger: { kind: 'route' }, uses: uses.flat(), profile };
}

/** A task of a workflow: invoked by the state machine whose definition names it. */
export function task(profile: Profile, ...uses: Uses): FunctionDeclaration {
  return { trigger: { kind: 'workflow' }, uses: uses.flat(), profile };
}

export function when(trigger: Trigger, profile: Profile, ...uses: Uses): FunctionDeclaration {
  return { trigger, uses: uses.flat(), profile };
}

import { ArnFormat, type Stack } from 'aws-cdk-lib';
import type { PolicyStatement } from 'aws-cdk-lib/aws-iam';
import type { StateMachine } from 'aws-cdk-lib/aws-stepfunctions';
import { EVENT_SOURCE } from '#shared/contracts/events';
import type { Configuration } from '../configuration.ts';
import type { Binding, MachineName, SettingName } from '../declarations.ts';
import type { StatefulStack } from '../stacks/stateful-stack.ts';
import { payeeKeyStatements } from './payee-key.ts';
import type { SignIn } from './people.ts';
import { allow, itemStatements, TABLE_VARIABLE, tableOfItems, tableStatements } from './table-grants.ts';

/** What bindings point at. */
export type Resources = {
  readonly stack: Stack;
  readonly stateful: StatefulStack;
  readonly configuration: Configuration;
  readonly publicUrl: string;
  readonly signIn: SignIn;
  /** Absent while the functions that the machines themselves invoke are made. */
  readonly machines?: Readonly<Record<MachineName, StateMachine>> | undefined;
};

export type Bound = {
  readonly statements: readonly PolicyStatement[];
  readonly environment: Readonly<Record<string, string>>;
};

/** The grant and the variables of one binding, made together so that neither can be forgotten. */
export function bind(binding: Binding, resources: Resources): Bound {
  switch (binding.kind) {
    case 'table':
      return bindTable(binding, resources);
    case 'items': {
      const { tables } = resources.stateful;
      const table = tableOfItems(binding.items);
      return {
        statements: itemStatements(tables, binding.items),
        environment: { [TABLE_VARIABLE[table]]: tables[table].tableName },
      };
    }
    case 'documents': {
      const { documents } = resources.stateful;
      const actions = binding.access === 'write' ? ['s3:GetObject', 's3:PutObject'] : ['s3:GetObject'];
      const keys = documents.arnForObjects(documentsWithin(binding));
      return bound(allow(actions, keys), { DOCUMENTS_BUCKET: documents.bucketName });
    }
    case 'secret': {
      const arn = resources.stateful.signingSecret.secretArn;
      return bound(allow(['secretsmanager:GetSecretValue'], arn), { SIGNING_SECRET_ARN: arn });
    }
    case 'payee_key': {
      const { keyArn } = resources.stateful.payeeKey;
      return { statements: payeeKeyStatements(keyArn, binding.access), environment: { PAYEE_KEY_ARN: keyArn } };
    }
    case 'stripe_secrets':
      return bindSecretsOnDemand(stripeSecretsPrefix(resources), 'STRIPE_SECRETS_PREFIX', binding.access, resources);
    case 'rail_keys':
      return bindSecretsOnDemand(railKeysPrefix(resources), 'RAIL_KEYS_PREFIX', binding.access, resources);
    case 'bus':
      return bindBus(resources);
    case 'mail':
      return bindMail(resources);
    case 'machine':
      return bindMachine(binding, resources);
    case 'setting':
      return { statements: [], environment: { [binding.setting]: settingValue(binding.setting, resources) } };
  }
}

/** Which documents a binding is about, as the end of a resource's name. */
export function documentsWithin(binding: Binding): string {
  return binding.kind === 'documents' && binding.folder !== undefined ? `${binding.folder}/*` : '*';
}

function bindTable({ table, access }: Extract<Binding, { kind: 'table' }>, resources: Resources): Bound {
  const { configuration, stateful } = resources;
  const named = { [TABLE_VARIABLE[table]]: stateful.tables[table].tableName };
  const longestWrite = { LONGEST_WRITE_SECONDS: String(configuration.longestWriteSeconds) };
  const more: Readonly<Record<typeof access, Readonly<Record<string, string>>>> = {
    get: {},
    read: {},
    // A write that takes longer is given up: the drain of a close waits out one that was under way.
    write: longestWrite,
    append: longestWrite,
    // What a foreign service learns about a programme it may remember for the time the drain waits out.
    contract: table === 'money' ? { CONFIG_TTL_SECONDS: String(configuration.configTtlSeconds) } : {},
  };
  return {
    statements: tableStatements(stateful.tables[table], table, access),
    environment: { ...named, ...more[access] },
  };
}

/** Before a programme's id in the name of its secret: under the stateful stack's name, as if it were declared there. */
function stripeSecretsPrefix({ stateful }: Pick<Resources, 'stateful'>): string {
  return `${stateful.stackName}/stripe/`;
}

function railKeysPrefix({ stateful }: Pick<Resources, 'stateful'>): string {
  return `${stateful.stackName}/rails/`;
}

/** Secrets that programmes make on demand, by their name's beginning: their ARNs are not known when deploying. */
export function secretsOnDemandArns(resources: Pick<Resources, 'stack' | 'stateful'>): {
  readonly stripe_secrets: string;
  readonly rail_keys: string;
} {
  const arnOf = (prefix: string): string => secretsArn(prefix, resources);
  return { stripe_secrets: arnOf(stripeSecretsPrefix(resources)), rail_keys: arnOf(railKeysPrefix(resources)) };
}

function secretsArn(prefix: string, { stack }: Pick<Resources, 'stack'>): string {
  return stack.formatArn({
    service: 'secretsmanager',
    resource: 'secret',
    resourceName: `${prefix}*`,
    arnFormat: ArnFormat.COLON_RESOURCE_NAME,
  });
}

function bindSecretsOnDemand(prefix: string, variable: string, access: 'read' | 'write', resources: Resources): Bound {
  const actions =
    access === 'read'
      ? ['secretsmanager:GetSecretValue']
      : ['secretsmanager:CreateSecret', 'secretsmanager:PutSecretValue'];
  return bound(allow(actions, secretsArn(prefix, resources)), { [variable]: prefix });
}

function bindBus({ stateful }: Resources): Bound {
  const statement = allow(['events:PutEvents'], stateful.bus.eventBusArn);
  statement.addCondition('StringEquals', { 'events:source': EVENT_SOURCE });
  return bound(statement, { EVENT_BUS_NAME: stateful.bus.eventBusName });
}

/** SES asks for the identity that was verified, the address itself or its domain, and for the configuration set. */
function bindMail({ stack, stateful, configuration }: Resources): Bound {
  const { mailFrom, mailReplyTo } = configuration;
  const { configurationSetName } = stateful.mail;
  const identities = [mailFrom, mailFrom.slice(mailFrom.indexOf('@') + 1)].map((resourceName) =>
    stack.formatArn({ service: 'ses', resource: 'identity', resourceName }),
  );
  const set = stack.formatArn({ service: 'ses', resource: 'configuration-set', resourceName: configurationSetName });
  const statement = allow(['ses:SendEmail'], ...identities, set);
  statement.addCondition('StringEquals', { 'ses:FromAddress': mailFrom });
  return bound(statement, {
    MAIL_FROM: mailFrom,
    MAIL_CONFIGURATION_SET: configurationSetName,
    ...(mailReplyTo === undefined ? {} : { MAIL_REPLY_TO: mailReplyTo }),
  });
}

const MACHINE_VARIABLE: Readonly<Record<MachineName, string>> = {
  payoutRun: 'PAYOUT_RUN_MACHINE_ARN',
  simulation: 'SIMULATION_MACHINE_ARN',
  webhookDelivery: 'WEBHOOK_DELIVERY_MACHINE_ARN',
};

function bindMachine({ machine, access }: Extract<Binding, { kind: 'machine' }>, { machines }: Resources): Bound {
  if (!machines) throw new Error('A workflow cannot start or resume itself: declare that on another function');
  const arn = machines[machine].stateMachineArn;
  if (access === 'start') return bound(allow(['states:StartExecution'], arn), { [MACHINE_VARIABLE[machine]]: arn });
  return bound(allow(['states:SendTaskSuccess'], arn), {});
}

function settingValue(setting: SettingName, { configuration, publicUrl, signIn }: Resources): string {
  const values: Readonly<Record<SettingName, string>> = {
    CONFIG_TTL_SECONDS: String(configuration.configTtlSeconds),
    DRAIN_SECONDS: String(configuration.drainSeconds),
    SHARDS_AT_ONCE: String(configuration.shardsAtOnce),
    PUBLIC_URL: publicUrl,
    DEBTOR_NAME: configuration.debtorName,
    DEBTOR_IBAN: configuration.debtorIban,
    DEBTOR_BIC: configuration.debtorBic,
    OIDC_ISSUER: signIn.issuer,
    OIDC_CLIENT_ID: signIn.clientId,
    OIDC_AUDIENCE: signIn.audiences,
    STRIPE_API_URL: configuration.stripeApiUrl,
    PAYPAL_API_URL: configuration.paypalApiUrl,
    WEBHOOK_TRIAL_ORIGIN: configuration.webhookTrialOrigin,
  };
  return values[setting];
}

function bound(statement: PolicyStatement, environment: Readonly<Record<string, string>>): Bound {
  return { statements: [statement], environment };
}

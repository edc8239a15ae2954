import type { Stack } from 'aws-cdk-lib';
import { PolicyStatement } from 'aws-cdk-lib/aws-iam';
import type { StateMachine } from 'aws-cdk-lib/aws-stepfunctions';
import { EVENT_SOURCE } from '#shared/contracts/events';
import type { Configuration } from '../configuration.ts';
import type { Binding, SettingName, TableName } from '../declarations.ts';
import type { StatefulStack } from '../stacks/stateful-stack.ts';
import { CONTRACT_INDEX, INDEXES } from './tables.ts';

/** What bindings point at. */
export type Resources = {
  readonly stack: Stack;
  readonly stateful: StatefulStack;
  readonly configuration: Configuration;
  readonly publicUrl: string;
  /** Absent while the functions that the machine itself invokes are made. */
  readonly payoutRun?: StateMachine | undefined;
};

export type Bound = {
  readonly statements: readonly PolicyStatement[];
  readonly environment: Readonly<Record<string, string>>;
};

const READ = ['dynamodb:GetItem', 'dynamodb:Query', 'dynamodb:BatchGetItem'];
// Not BatchWriteItem: its one permission would allow deletes as well as puts.
const WRITE = ['dynamodb:PutItem', 'dynamodb:UpdateItem', 'dynamodb:ConditionCheckItem'];

const TABLE_VARIABLE: Readonly<Record<TableName, string>> = {
  referrals: 'REFERRALS_TABLE',
  money: 'MONEY_TABLE',
  partners: 'PARTNERS_TABLE',
};

/** The grant and the variables of one binding, made together so that neither can be forgotten. */
export function bind(binding: Binding, resources: Resources): Bound {
  switch (binding.kind) {
    case 'table':
      return bindTable(binding.table, binding.access, resources);
    case 'documents': {
      const { documents } = resources.stateful;
      const actions = binding.access === 'write' ? ['s3:GetObject', 's3:PutObject'] : ['s3:GetObject'];
      return bound(allow(actions, documents.arnForObjects('*')), { DOCUMENTS_BUCKET: documents.bucketName });
    }
    case 'secret': {
      const arn = resources.stateful.signingSecret.secretArn;
      return bound(allow(['secretsmanager:GetSecretValue'], arn), { SIGNING_SECRET_ARN: arn });
    }
    case 'bus':
      return bindBus(resources);
    case 'mail':
      return bindMail(resources);
    case 'machine':
      return bindMachine(binding.access, resources);
    case 'setting':
      return { statements: [], environment: { [binding.setting]: settingValue(binding.setting, resources) } };
  }
}

function bindTable(name: TableName, access: 'get' | 'read' | 'write' | 'contract', resources: Resources): Bound {
  const table = resources.stateful.tables[name];
  const index = (indexName: string): string => `${table.tableArn}/index/${indexName}`;
  const environment = { [TABLE_VARIABLE[name]]: table.tableName };
  // What a foreign service learns about a programme it may remember for the time the drain waits out.
  const remembers = { CONFIG_TTL_SECONDS: String(resources.configuration.configTtlSeconds) };
  switch (access) {
    case 'get':
      return bound(allow(['dynamodb:GetItem'], table.tableArn), environment);
    case 'contract':
      return {
        // Only the index can be searched; by key, the table answers too.
        statements: [
          allow(['dynamodb:GetItem', 'dynamodb:BatchGetItem'], table.tableArn),
          allow(['dynamodb:Query'], index(CONTRACT_INDEX[name])),
        ],
        environment: { ...environment, ...remembers },
      };
    case 'read':
      return bound(allow(READ, table.tableArn, ...INDEXES[name].map(index)), environment);
    case 'write':
      return {
        statements: [allow(READ, table.tableArn, ...INDEXES[name].map(index)), allow(WRITE, table.tableArn)],
        // A write that takes longer is given up: the drain of a close waits out one that was under way.
        environment: {
          ...environment,
          LONGEST_WRITE_SECONDS: String(resources.configuration.longestWriteSeconds),
        },
      };
  }
}

function bindBus({ stateful }: Resources): Bound {
  const statement = allow(['events:PutEvents'], stateful.bus.eventBusArn);
  statement.addCondition('StringEquals', { 'events:source': EVENT_SOURCE });
  return bound(statement, { EVENT_BUS_NAME: stateful.bus.eventBusName });
}

/** SES asks for the identity that was verified: the address itself or its domain. */
function bindMail({ stack, configuration }: Resources): Bound {
  const { mailFrom } = configuration;
  const identities = [mailFrom, mailFrom.slice(mailFrom.indexOf('@') + 1)].map((resourceName) =>
    stack.formatArn({ service: 'ses', resource: 'identity', resourceName }),
  );
  const statement = allow(['ses:SendEmail'], ...identities);
  statement.addCondition('StringEquals', { 'ses:FromAddress': mailFrom });
  return bound(statement, { MAIL_FROM: mailFrom });
}

function bindMachine(access: 'start' | 'resume', { payoutRun }: Resources): Bound {
  if (!payoutRun) throw new Error('The payout run cannot start or resume itself: declare that on another function');
  const arn = payoutRun.stateMachineArn;
  if (access === 'start') return bound(allow(['states:StartExecution'], arn), { PAYOUT_RUN_MACHINE_ARN: arn });
  return bound(allow(['states:SendTaskSuccess', 'states:SendTaskFailure'], arn), {});
}

function settingValue(setting: SettingName, { configuration, stateful, publicUrl }: Resources): string {
  const values: Readonly<Record<SettingName, string>> = {
    CONFIG_TTL_SECONDS: String(configuration.configTtlSeconds),
    DRAIN_SECONDS: String(configuration.drainSeconds),
    PUBLIC_URL: publicUrl,
    DEBTOR_NAME: configuration.debtorName,
    DEBTOR_IBAN: configuration.debtorIban,
    DEBTOR_BIC: configuration.debtorBic,
    OIDC_ISSUER: stateful.userPool.userPoolProviderUrl,
    OIDC_AUDIENCE: stateful.userPoolClient.userPoolClientId,
  };
  return values[setting];
}

function allow(actions: readonly string[], ...resources: readonly string[]): PolicyStatement {
  return new PolicyStatement({ actions: [...actions], resources: [...resources] });
}

function bound(statement: PolicyStatement, environment: Readonly<Record<string, string>>): Bound {
  return { statements: [statement], environment };
}

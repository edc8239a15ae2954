import { describe, expect, it } from 'vitest';
import { functionTable } from '#infra/functions';
import {
  adjustmentKey,
  auditClaimKey,
  auditHeadKey,
  auditRecordsPk,
  partnerLedgerPk,
  statementPk,
} from '#shared/adapters/dynamodb/money/money-keys';
import {
  actionsOf,
  functionId,
  resourcesOf,
  roleOf,
  type Statement,
  statementsOfRole,
  synthesise,
} from './synthesised.ts';

const { stateless } = synthesise();
const names = functionTable().map(({ name }) => name);
const statementsOf = (name: string): Statement[] => statementsOfRole(stateless, roleOf(stateless, name));
const grantsOf = (name: string): Record<string, string[]> =>
  Object.fromEntries(statementsOf(name).map((statement) => [JSON.stringify(statement.Resource), actionsOf(statement)]));
const actionsOn = (name: string, table: string): string[] =>
  statementsOf(name)
    .filter(({ Resource }) => new RegExp(`FnGetAtt${table}[0-9A-F]{8}Arn`).test(JSON.stringify(Resource)))
    .flatMap(actionsOf)
    .filter((action) => action.startsWith('dynamodb:'));

/** `Money`, `Money/contract` or `Money/stream` for a table, its index or its stream, else the thing's own name. */
function nameOf(resource: unknown): string {
  const text = JSON.stringify(resource);
  const [, table, stream] = /FnGetAtt(Referrals|Money|Partners)[0-9A-F]{8}(Stream)?Arn/.exec(text) ?? [];
  const index = /"\/index\/([a-z-]+)"/.exec(text)?.[1];
  if (table) return [table, index ?? (stream ? 'stream' : undefined)].filter(Boolean).join('/');
  if (text.includes('DeadLetters')) return 'DeadLetters';
  const folder = /\/(_[a-z-]+)\/\*/.exec(text)?.[1];
  if (folder) return `Documents/${folder}`;
  if (text.includes('/stripe/*')) return 'StripeSecrets';
  if (text.includes('/rails/*')) return 'RailKeys';
  const thing =
    /SigningSecret|PayeeKey|Documents|PayoutRun|Simulation|WebhookDelivery|FnGetAttEvents|:identity\/|:configuration-set\//.exec(
      text,
    )?.[0];
  return (
    thing?.replace('FnGetAttEvents', 'Bus').replace(':identity/', 'Sender').replace(':configuration-set/', 'Mail') ??
    text
  );
}

/** One line: each statement as its actions, what on, and for which partitions. Its own log, which each function writes, is left out. */
function grantLine(name: string): string {
  const rights = statementsOf(name)
    .filter((statement) => !actionsOf(statement).every((action) => action.startsWith('logs:')))
    .map((statement) => {
      const actions = actionsOf(statement)
        .map((action) => action.replace('dynamodb:', ''))
        .sort();
      const on = [...new Set([statement.Resource].flat().map(nameOf))].sort();
      const condition = statement.Condition as Record<string, Record<string, string | string[]>> | undefined;
      const where = Object.values(condition ?? {}).flatMap((test) => Object.values(test).flat());
      return `${statement.Effect === 'Deny' ? 'NOT ' : ''}${on.join('+')}[${actions.join(' ')}]${where.length > 0 ? `{${where.join(' ')}}` : ''}`;
    });
  return `${name}: ${rights.sort().join(', ') || '-'}`;
}

describe('what each function may do', () => {
  it('is what grants.txt says, so that a new right is seen in review (write it anew with `vitest -u`)', async () => {
    await expect(`${names.map(grantLine).sort().join('\n')}\n`).toMatchFileSnapshot('./grants.txt');
  });

  it('has no condition but on partitions, the sender, the source of events and whose details a key seals', () => {
    const conditions = names.flatMap((name) => statementsOf(name).flatMap(({ Condition }) => Condition ?? []));
    const kinds = conditions.flatMap((condition) =>
      Object.entries(condition as object).map(([operator, test]) => `${operator} ${Object.keys(test as object)}`),
    );
    expect([...new Set(kinds)].sort()).toEqual([
      'ForAllValues:StringEquals kms:EncryptionContextKeys',
      'ForAllValues:StringLike dynamodb:LeadingKeys',
      'ForAnyValue:StringLike dynamodb:LeadingKeys',
      'Null kms:EncryptionContext:programId,kms:EncryptionContext:partnerId',
      'StringEquals events:source',
      'StringEquals kms:EncryptionContext:purpose',
      'StringEquals ses:FromAddress',
    ]);
  });
});

/** Pages that keep sessions: that somebody came, and what a provider gave for a code that came back by GET. */
const SESSION_KEEPERS = ['complete-sign-in', 'serve-console', 'sign-out'];

describe('sessions of the console', () => {
  it('are all of the tables that those who keep them reach, and nobody else keeps any', () => {
    for (const name of SESSION_KEEPERS) {
      const reached = statementsOf(name).filter((statement) =>
        actionsOf(statement).some((one) => one.startsWith('dynamodb:')),
      );
      expect(reached, name).toHaveLength(1);
      expect(reached[0]!.Condition).toEqual({
        'ForAllValues:StringLike': { 'dynamodb:LeadingKeys': ['SESSION#*', 'CONSOLE_VISITS#*'] },
      });
    }
    const keepers = functionTable().filter(({ uses }) =>
      uses.some((use) => use.kind === 'items' && use.items === 'sessions'),
    );
    expect(keepers.map(({ name }) => name).sort()).toEqual(SESSION_KEEPERS);
  });
});

describe('personal data', () => {
  it.each(['Money', 'Partners'])(
    'in %s is out of reach of other services, but for payees, hashed addresses, names and sealed sessions',
    (table) => {
      const owners = table === 'Money' ? ['payouts'] : ['partners', 'notifications'];
      const foreign = functionTable().filter(({ service }) => !owners.includes(service));
      const partitions = foreign.flatMap(({ name }) =>
        statementsOf(name)
          .filter(({ Resource }) => JSON.stringify(Resource).includes(`FnGetAtt${table}`))
          .filter((statement) => actionsOf(statement).some((action) => action.startsWith('dynamodb:')))
          .map(
            ({ Condition }) =>
              (Condition as { [test: string]: { [key: string]: string | string[] } } | undefined) ?? name,
          )
          .flatMap((found) =>
            typeof found === 'string'
              ? `${found}: everything`
              : found['ForAllValues:StringLike']?.['dynamodb:LeadingKeys'],
          ),
      );
      const allowed =
        table === 'Money'
          ? ['*#PAYOUT#*', '*#PLANS', '*#PROGRAM', '*#RESERVED_PAYOUTS', '*#RUNS', '*#STATEMENT#*', 'PROGRAMS']
          : [
              '*#BILLING#*',
              '*#DISPUTES#*',
              '*#DISPUTES_OF_ORDER#*',
              '*#DISPUTE_DECISION#*',
              '*#EMAIL_HASH#*',
              '*#NOTICE_INTEREST',
              '*#PARTNERS',
              '*#PAYEE#*',
              '*#PAYEE_ACCOUNT#*',
              '*#PAYEE_CHANGES',
              '*#PAYEE_HASH#*',
              '*#PROFILE#*',
              '*#ROLE_CHANGES',
              '*#TERMS#*',
              '*#TIER_SCHEME',
              'API_KEYS',
              'CONSOLE_VISITS#*',
              'PAYEE_HASH_KEY',
              'SESSION#*',
            ];
      expect([...new Set(partitions)].sort()).toEqual(allowed);
    },
  );

  it('of payees is read, as ciphertext, by the functions of paying, and by nobody else outside the partners service', () => {
    const readers = functionTable().filter(({ name }) => JSON.stringify(statementsOf(name)).includes('#PAYEE#'));
    expect(readers.map(({ name }) => name).sort()).toEqual([
      'get-balance',
      'post-statements',
      'submit-payouts',
      'summarise-payout-run',
      'write-bank-files',
    ]);
  });

  it('with a name is read by the functions that show it, and by nobody else outside the partners service', () => {
    const readers = functionTable().filter(({ name }) => JSON.stringify(statementsOf(name)).includes('#PROFILE#'));
    expect(readers.map(({ name }) => name).sort()).toEqual([
      'export-statement',
      'export-statement-pdf',
      'list-mail-problems',
    ]);
  });
});

describe('the audit chains in Money', () => {
  const writersOfMoney = names.filter((name) =>
    statementsOf(name)
      .filter(({ Resource, Effect }) => Effect === 'Allow' && JSON.stringify(Resource).includes('FnGetAttMoney'))
      .flatMap(actionsOf)
      .some((action) => ['dynamodb:PutItem', 'dynamodb:UpdateItem'].includes(action)),
  );
  const appenders = ['append-audit-records', 'append-partner-audit-records'];
  const onMoney = (name: string) =>
    statementsOf(name).filter(({ Resource }) => JSON.stringify(Resource).includes('FnGetAttMoney'));

  it('are out of reach of whoever may write the rest of the table', () => {
    const others = writersOfMoney.filter((name) => !appenders.includes(name));
    expect(others.length).toBeGreaterThan(20);
    for (const name of others) {
      const denied = onMoney(name).filter(({ Effect }) => Effect === 'Deny');
      expect(denied.map(actionsOf), name).toEqual([['dynamodb:PutItem', 'dynamodb:UpdateItem']]);
      expect(denied[0]?.Condition, name).toEqual({
        'ForAnyValue:StringLike': { 'dynamodb:LeadingKeys': ['*##AUDIT#*'] },
      });
    }
  });

  it('are put to by their appenders, which reach nothing else and change nothing', () => {
    expect(writersOfMoney).toEqual(expect.arrayContaining(appenders));
    for (const name of appenders) {
      const rights = onMoney(name).filter((statement) => !JSON.stringify(statement.Resource).includes('Stream'));
      expect(rights.flatMap(actionsOf).sort(), name).toEqual([
        'dynamodb:BatchGetItem',
        'dynamodb:GetItem',
        'dynamodb:PutItem',
      ]);
      expect(
        rights.map(({ Condition }) => Condition),
        name,
      ).toEqual([{ 'ForAllValues:StringLike': { 'dynamodb:LeadingKeys': ['*##AUDIT#*'] } }]);
    }
  });

  it('are the partitions that the pattern of the grants means, and no other partition is', () => {
    const isMeant = (pk: string): boolean => /^.*##AUDIT#.*$/.test(pk);
    const chain = [auditRecordsPk('p'), auditHeadKey('p').pk, auditClaimKey('p', { kind: 'k', subjectId: 's' }).pk];
    expect(chain.map(isMeant)).toEqual([true, true, true]);
    const named = [partnerLedgerPk('p', 'AUDIT'), adjustmentKey('p', 'AUDIT').pk, statementPk('p', 'AUDIT')];
    expect(named.map(isMeant)).toEqual([false, false, false]);
  });
});

describe('a route that stores nothing', () => {
  it('may write nothing, also when it is a POST', () => {
    expect(actionsOn('validate-plan', 'Money').sort()).toEqual([
      'dynamodb:BatchGetItem',
      'dynamodb:GetItem',
      'dynamodb:Query',
    ]);
  });
});

describe('the key of payees', () => {
  const usersOf = (action: string, context: string): string[] =>
    names
      .filter((name) =>
        statementsOf(name).some(
          (statement) =>
            actionsOf(statement).includes(action) &&
            JSON.stringify(statement.Resource).includes('PayeeKey') &&
            JSON.stringify(statement.Condition).includes(context),
        ),
      )
      .sort();

  it('opens details for the functions that hand payouts over, and seals them for those that say where a partner is paid', () => {
    expect(usersOf('kms:Decrypt', 'partnerId')).toEqual(['submit-payouts', 'write-bank-files']);
    expect(usersOf('kms:Encrypt', 'partnerId')).toEqual(['change-payee', 'enrol-partner']);
  });

  it('opens the key of hashes for those, and for who compares accounts, which open no details', () => {
    const comparers = usersOf('kms:Decrypt', 'payee-hashes').filter(
      (name) => !['change-payee', 'enrol-partner'].includes(name),
    );
    expect(comparers).toEqual([
      'receive-stripe-event',
      'record-conversion',
      'record-conversions',
      'retry-stripe-event',
      'review-partners',
      'sweep-stripe-events',
    ]);
    expect(usersOf('kms:Encrypt', 'payee-hashes')).toEqual(['change-payee', 'enrol-partner']);
  });

  it('does nothing else, and nothing without saying for whom', () => {
    const statements = names
      .flatMap(statementsOf)
      .filter(({ Resource }) => JSON.stringify(Resource).includes('PayeeKey'));
    expect([...new Set(statements.flatMap(actionsOf))].sort()).toEqual(['kms:Decrypt', 'kms:Encrypt']);
    for (const { Condition } of statements) expect(JSON.stringify(Condition)).toContain('kms:EncryptionContext');
  });
});

describe('secrets', () => {
  const holders = (action: string, resource: string): string[] =>
    names
      .filter((name) =>
        statementsOf(name).some(
          (statement) =>
            actionsOf(statement).includes(`secretsmanager:${action}`) &&
            JSON.stringify(statement.Resource).includes(resource),
        ),
      )
      .sort();

  it('that sign click tokens are read by the functions that make or check them', () => {
    const others = /webhook|mail|notif|subscri|appl|show-confirmation/;
    expect(holders('GetSecretValue', 'SigningSecret').filter((name) => !others.test(name))).toEqual([
      'receive-stripe-event',
      'record-conversion',
      'record-conversions',
      'redirect-link',
      'remember-touches',
      'retry-stripe-event',
      'sweep-stripe-events',
    ]);
  });

  it('by which secrets of webhooks are sealed are read where these are made and used', () => {
    expect(holders('GetSecretValue', 'SigningSecret').filter((name) => name.includes('webhook'))).toEqual([
      'attempt-webhook',
      'create-webhook-endpoint',
      'deliver-webhooks',
      'redeliver-webhook',
      'rotate-webhook-secret',
      'test-webhook-endpoint',
    ]);
  });

  it('of Stripe are read where its events come in, and put where they are set; nobody deletes one', () => {
    const of = (action: string): string[] => holders(action, 'TallystickStateful/stripe/*');
    expect(of('GetSecretValue')).toEqual(['receive-stripe-event', 'set-stripe-source']);
    expect(of('PutSecretValue')).toEqual(['disable-stripe-source', 'set-stripe-source']);
    expect(of('CreateSecret')).toEqual(['disable-stripe-source', 'set-stripe-source']);
    expect(names.flatMap((name) => statementsOf(name).flatMap(actionsOf))).not.toContain('secretsmanager:DeleteSecret');
  });

  it('that pay through rails are read where payouts are handed over or asked for, and put where they are set', () => {
    const of = (action: string): string[] => holders(action, 'TallystickStateful/rails/*');
    expect(of('GetSecretValue')).toEqual(['ask-rail', 'submit-payouts', 'sweep-payouts']);
    expect(of('PutSecretValue')).toEqual(['remove-rail', 'set-rail']);
    expect(of('CreateSecret')).toEqual(['remove-rail', 'set-rail']);
  });
});

describe('every function', () => {
  it('has a role of its own', () => {
    const roles = names.map((name) => roleOf(stateless, name));
    expect(new Set(roles).size).toBe(names.length);
  });

  it('has no managed policy and no action by wildcard', () => {
    for (const [id, role] of Object.entries(resourcesOf(stateless, 'AWS::IAM::Role'))) {
      expect(role.Properties.ManagedPolicyArns, id).toBeUndefined();
      for (const statement of statementsOfRole(stateless, id)) {
        for (const action of actionsOf(statement)) expect(action, id).not.toContain('*');
      }
    }
  });

  it('reaches no resource by wildcard, but for the objects of the documents bucket and secrets made on demand', () => {
    for (const name of names) {
      for (const { Resource } of statementsOf(name)) {
        for (const resource of [Resource].flat()) {
          const text = JSON.stringify(resource);
          if (text.includes('ExportsOutputFnGetAttDocuments') || /TallystickStateful\/(stripe|rails)\/\*/.test(text)) {
            continue;
          }
          expect(text, name).not.toContain('*');
        }
      }
    }
  });

  it('writes its own log and no other', () => {
    for (const name of names) {
      const fn = resourcesOf(stateless)[functionId(stateless, name)]!.Properties as {
        LoggingConfig: { LogGroup: { Ref: string } };
      };
      const logs = statementsOf(name).filter((statement) =>
        actionsOf(statement).some((action) => action.startsWith('logs:')),
      );
      expect(logs, name).toEqual([
        {
          Effect: 'Allow',
          Action: ['logs:CreateLogStream', 'logs:PutLogEvents'],
          Resource: { 'Fn::GetAtt': [fn.LoggingConfig.LogGroup.Ref, 'Arn'] },
        },
      ]);
    }
  });

  it('deletes nothing, neither by item nor by batch nor by statement', () => {
    // A delete inside a transaction needs DeleteItem; a delete inside a batch needs BatchWriteItem only.
    const deletes = /dynamodb:(DeleteItem|BatchWriteItem|PartiQL\w*|TransactWriteItems|DeleteTable|UpdateTable\w*)/;
    for (const name of names) {
      for (const action of statementsOf(name).flatMap(actionsOf)) expect(action, name).not.toMatch(deletes);
      for (const action of statementsOf(name).flatMap(actionsOf)) expect(action, name).not.toMatch(/^s3:Delete/);
    }
  });

  it('runs on Node 24 on ARM with memory and time of its profile', () => {
    for (const { name, profile } of functionTable()) {
      expect(resourcesOf(stateless)[functionId(stateless, name)]!.Properties, name).toMatchObject({
        Runtime: 'nodejs24.x',
        Architectures: ['arm64'],
        Handler: 'index.handler',
        MemorySize: profile.memoryMb,
        Timeout: profile.timeoutSeconds,
      });
    }
  });
});

describe('the page of a code', () => {
  it('may query: the seats of a limited code are several items, and reservations that lapsed stand in the index', () => {
    expect(actionsOn('show-offer', 'Referrals')).toContain('dynamodb:Query');
  });
});

describe('redirect-link', () => {
  it('may get one item of Referrals, read the signing key and log: nothing else', () => {
    const actions = Object.values(grantsOf('redirect-link')).flat().sort();
    expect(actions).toEqual([
      'dynamodb:GetItem',
      'logs:CreateLogStream',
      'logs:PutLogEvents',
      'secretsmanager:GetSecretValue',
    ]);
    expect(actionsOn('redirect-link', 'Referrals')).toEqual(['dynamodb:GetItem']);
  });
});

describe('a table of another service', () => {
  const READS = ['dynamodb:GetItem', 'dynamodb:Query', 'dynamodb:BatchGetItem'];
  const OWNERS: Record<string, string[]> = {
    Referrals: ['tracking', 'referrals'],
    Money: ['payouts'],
    Partners: ['partners', 'notifications'],
  };

  it.each(Object.keys(OWNERS))('%s is only read, never written', (table) => {
    const foreign = functionTable().filter(({ service }) => !OWNERS[table]!.includes(service));
    for (const { name } of foreign.filter(({ name }) => !SESSION_KEEPERS.includes(name)))
      expect(READS, name).toEqual(expect.arrayContaining(actionsOn(name, table)));
  });

  it('is reached through no index but its contract', () => {
    for (const { name, service } of functionTable()) {
      if (service === 'payouts') continue;
      expect(JSON.stringify(statementsOf(name)), name).not.toContain('by-period');
    }
  });
});

describe('a function that answers GET', () => {
  it('writes nothing', () => {
    const readers = functionTable().filter(
      ({ name, route }) => route?.method === 'GET' && !SESSION_KEEPERS.includes(name),
    );
    expect(readers.length).toBeGreaterThan(15);
    for (const { name } of readers) {
      for (const action of statementsOf(name).flatMap(actionsOf)) {
        expect(action, name).toMatch(/:(Get|Query|BatchGet)|^logs:/);
      }
    }
  });
});

describe('the rights that move money', () => {
  const holders = (action: string): string[] =>
    names.filter((name) => statementsOf(name).flatMap(actionsOf).includes(action));

  it('starts a payout run from one function', () => {
    expect(holders('states:StartExecution').sort()).toEqual([
      'deliver-webhooks',
      'redeliver-webhook',
      'start-payout-run',
      'start-simulation',
    ]);
    const machineOf = (name: string) =>
      statementsOf(name).find((statement) => actionsOf(statement).includes('states:StartExecution'))?.Resource;
    expect(JSON.stringify(machineOf('start-payout-run'))).toContain('PayoutRun');
    expect(JSON.stringify(machineOf('start-simulation'))).toContain('Simulation');
    for (const name of ['deliver-webhooks', 'redeliver-webhook']) {
      expect(JSON.stringify(machineOf(name))).toContain('WebhookDelivery');
    }
  });

  it('talks to receivers of webhooks with nothing of the tables but webhooks, and nothing of Money', () => {
    for (const name of ['attempt-webhook', 'deliver-webhooks', 'redeliver-webhook', 'test-webhook-endpoint']) {
      const tables = statementsOf(name).filter((one) =>
        actionsOf(one).some((action) => action.startsWith('dynamodb:')),
      );
      const keys = JSON.stringify(tables.map(({ Condition }) => Condition));
      expect([...keys.matchAll(/#([A-Z_]+)/g)].map(([, part]) => part)).toEqual([
        'WEBHOOK_ENDPOINTS',
        'WEBHOOK_DELIVERIES',
        'WEBHOOK_PAUSES',
        'IDEMPOTENCY',
        'IDEMPOTENCY',
      ]);
    }
  });

  it('answers the wait for a decision from one function', () => {
    expect(holders('states:SendTaskSuccess')).toEqual(['resume-payout-run']);
  });

  it('writes documents from one function, but for the folders of simulations, bank reports and courses', () => {
    const folderOf = (name: string): unknown => {
      const put = statementsOf(name).find((statement) => actionsOf(statement).includes('s3:PutObject'));
      return (put!.Resource as { 'Fn::Join': [string, unknown[]] })['Fn::Join'][1].at(-1);
    };
    const writers = holders('s3:PutObject').map((name) => [name, folderOf(name)]);
    expect(Object.fromEntries(writers)).toEqual({
      'write-bank-files': '/*',
      'receive-bank-report': '/_bank-reports/*',
      'upload-course-file': '/_training/*',
      'simulate-plan': '/_simulations/*',
      'plan-simulation': '/_simulations/*',
      'simulate-shard': '/_simulations/*',
      'finish-simulation': '/_simulations/*',
    });
  });

  it('sends mail from the functions that tell people alone, only as the configured sender', () => {
    expect(holders('ses:SendEmail').toSorted()).toEqual([
      'notify-applicants',
      'notify-partners',
      'notify-payments',
      'notify-staff',
      'notify-tiers',
      'send-due-mail',
    ]);
    const mail = statementsOf('notify-tiers').find((statement) => actionsOf(statement).includes('ses:SendEmail'));
    expect(mail?.Condition).toEqual({ StringEquals: { 'ses:FromAddress': 'partners@example.com' } });
  });

  it('publishes only as this system', () => {
    for (const name of holders('events:PutEvents')) {
      const put = statementsOf(name).find((statement) => actionsOf(statement).includes('events:PutEvents'));
      expect(put?.Condition, name).toEqual({ StringEquals: { 'events:source': 'tallystick' } });
    }
  });
});

describe('the environment of a function', () => {
  it('names each resource it is granted and none it is not', () => {
    for (const { name } of functionTable()) {
      const { Environment } = resourcesOf(stateless)[functionId(stateless, name)]!.Properties as {
        Environment?: { Variables: Record<string, unknown> };
      };
      const variables = Object.keys(Environment?.Variables ?? {});
      const pairs = { Referrals: 'REFERRALS_TABLE', Money: 'MONEY_TABLE', Partners: 'PARTNERS_TABLE' };
      for (const [table, variable] of Object.entries(pairs)) {
        expect(variables.includes(variable), `${name} ${variable}`).toBe(actionsOn(name, table).length > 0);
      }
    }
  });
});

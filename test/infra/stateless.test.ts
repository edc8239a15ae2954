import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { functionTable } from '#infra/functions';
import { AUDITED_ITEM_TYPES } from '#shared/adapters/dynamodb/money/audit/audit-effects';
import { SALE_RECORDS } from '#shared/adapters/dynamodb/referrals/sales/sale-stream';
import { routes } from '#shared/contracts/routes';
import { functionId, indispensable, type Resource, resourcesOf, synthesise } from './synthesised.ts';

const { directory, stateless, stacks } = synthesise();
const properties = (type: string): Record<string, unknown>[] =>
  Object.values(resourcesOf(stateless, type)).map((resource) => resource.Properties);
const json = (value: unknown): string => JSON.stringify(value);
/** CloudFormation takes 500. The rest is room to split a stack in before a deployment is refused. */
const MAX_RESOURCES_A_STACK = 400;
/** CloudFormation takes 1,000,000 bytes. */
const MAX_TEMPLATE_BYTES = 800_000;

describe('the stacks', () => {
  const counted = [...stacks].map(([name, template]) => ({
    name,
    resources: Object.keys(resourcesOf(template)).length,
    bytes: json(template.toJSON()).length,
  }));

  it('stay below the limit of resources and of bytes', () => {
    const told = counted.map(({ name, resources, bytes }) => `${name} ${resources} resources, ${bytes} bytes`);
    const tooLarge = counted.filter(
      ({ resources, bytes }) => resources > MAX_RESOURCES_A_STACK || bytes > MAX_TEMPLATE_BYTES,
    );
    expect(tooLarge, `split a stack (infra/make-app.ts, infra/decisions.md):\n  ${told.join('\n  ')}`).toEqual([]);
  });

  it('refer to the stateful and the API stack only, so that none waits for another service', () => {
    for (const [name, template] of stacks) {
      const imported = [...json(template.toJSON()).matchAll(/"Fn::ImportValue":"(\w+):/g)].map(([, stack]) => stack);
      const allowed = name === 'TallystickApi' ? ['TallystickStateful'] : ['TallystickStateful', 'TallystickApi'];
      expect(allowed, name).toEqual(expect.arrayContaining([...new Set(imported)]));
      if (name === 'TallystickStateful') expect(imported).toEqual([]);
    }
  });

  it('hold what can be made again in a stack a service, and the workflows with what they call', () => {
    expect([...stacks.keys()].sort()).toEqual([
      'TallystickApi',
      'TallystickApplications',
      'TallystickBooks',
      'TallystickConsole',
      'TallystickNotifications',
      'TallystickPaid',
      'TallystickPartners',
      'TallystickPayouts',
      'TallystickPeople',
      'TallystickReferrals',
      'TallystickStateful',
      'TallystickTracking',
      'TallystickTraining',
      'TallystickWorkflows',
    ]);
  });

  it('have no custom resource, nothing provisioned and nothing that is always on', () => {
    const costly = /^Custom::|CloudFormation::CustomResource|EC2::|ECS::|RDS::|KMS::Key|ElasticLoad|Dashboard/;
    const found = [...stacks.values()].flatMap((template) =>
      Object.values(resourcesOf(template)).filter(({ Type }) => costly.test(Type)),
    );
    // The key of payees' details is a dollar a month.
    expect(found.map(({ Type }) => Type)).toEqual(['AWS::KMS::Key']);
    expect(json(resourcesOf(stateless))).not.toMatch(/ProvisionedConcurren|ReservedConcurren/);
  });

  it('carry no asset but the functions and the templates', () => {
    const manifests = [...stacks.keys()].map(
      (stack) =>
        JSON.parse(readFileSync(join(directory, `${stack}.assets.json`), 'utf8')) as {
          files: Record<string, { source: { packaging: string } }>;
          dockerImages: object;
        },
    );
    const files = manifests.flatMap((manifest) => Object.values(manifest.files));
    expect(files.filter(({ source }) => source.packaging === 'zip')).toHaveLength(functionTable().length);
    expect(files).toHaveLength(functionTable().length + stacks.size);
    for (const { dockerImages } of manifests) expect(dockerImages).toEqual({});
  });

  it('keep every log for a stated time', () => {
    const groups = resourcesOf(stateless, 'AWS::Logs::LogGroup');
    expect(Object.keys(groups).length).toBeGreaterThan(functionTable().length);
    for (const [id, group] of Object.entries(groups)) expect(group.Properties.RetentionInDays, id).toBeGreaterThan(0);
  });
});

describe('the API', () => {
  const made = properties('AWS::ApiGatewayV2::Route');
  const routeOf = (key: string): Record<string, unknown> | undefined => made.find(({ RouteKey }) => RouteKey === key);

  it('has a route for each contract, HEAD for the redirect, and an answer for the rest', () => {
    const every = routes.flatMap(({ method, path, also = [] }) => [{ method, path }, ...also]);
    const wanted = [...every.map(({ method, path }) => `${method} ${path}`), '$default'];
    expect(made.map(({ RouteKey }) => RouteKey).sort()).toEqual(wanted.sort());
  });

  it('asks the authorizer on every route that is not public, and on no other', () => {
    for (const { method, path, access } of routes) {
      expect(routeOf(`${method} ${path}`)?.AuthorizationType, path).toBe(access === 'public' ? 'NONE' : 'CUSTOM');
    }
    expect(routeOf('$default')?.AuthorizationType).toBe('NONE');
    expect(routeOf('HEAD /r/{slug}')?.AuthorizationType).toBe('NONE');
  });

  it('sends each route to the function of its name', () => {
    const integrations = resourcesOf(stateless, 'AWS::ApiGatewayV2::Integration');
    for (const { method, path, name } of routes) {
      const target = json(routeOf(`${method} ${path}`)?.Target);
      const [, integration] = Object.entries(integrations).find(([id]) => target.includes(`"${id}"`)) ?? [];
      expect(integration?.Properties, name).toMatchObject({
        IntegrationUri: { 'Fn::GetAtt': [functionId(stateless, name), 'Arn'] },
        PayloadFormatVersion: '2.0',
      });
    }
  });

  it('runs the authorizer on each request, also without a token, and remembers no answer', () => {
    const [authorizer] = properties('AWS::ApiGatewayV2::Authorizer');
    expect(authorizer).toMatchObject({
      AuthorizerType: 'REQUEST',
      AuthorizerPayloadFormatVersion: '2.0',
      EnableSimpleResponses: true,
      AuthorizerResultTtlInSeconds: 0,
    });
    expect(authorizer?.IdentitySource ?? []).toEqual([]);
  });

  it('logs no IP address, no user agent and no body', () => {
    const [stage] = properties('AWS::ApiGatewayV2::Stage');
    const { Format } = stage!.AccessLogSettings as { Format: string };
    expect(Format).toContain('$context.routeKey');
    expect(Format).not.toMatch(/identity|sourceIp|userAgent|\$context\.path\b/);
  });

  it('is throttled', () => {
    const [stage] = properties('AWS::ApiGatewayV2::Stage');
    expect(stage?.DefaultRouteSettings).toMatchObject({ ThrottlingRateLimit: 1000, ThrottlingBurstLimit: 2000 });
  });
});

describe('every asynchronous edge', () => {
  const consumers = functionTable().filter(({ trigger }) =>
    ['event', 'stream', 'logs', 'hourly'].includes(trigger.kind),
  );
  const queues = resourcesOf(stateless, 'AWS::SQS::Queue');
  const queueNamedIn = (resource: Resource | undefined): string | undefined =>
    Object.keys(queues).find((id) => json(resource?.Properties ?? {}).includes(`"${id}"`));
  const isAlarmed = (queue: string | undefined): boolean =>
    properties('AWS::CloudWatch::Alarm').some(
      (alarm) =>
        alarm.MetricName === 'ApproximateNumberOfMessagesVisible' &&
        alarm.Threshold === 0 &&
        json(alarm.Dimensions).includes(`"${queue}"`),
    );

  it('is one of those this test knows', () => {
    expect(consumers.length).toBeGreaterThanOrEqual(8);
  });

  it.each(consumers.map(({ name, trigger }) => [name, trigger.kind]))(
    '%s puts what fails into the queue of its stack, with an alarm',
    (name, kind) => {
      const id = functionId(stateless, name);
      const type = kind === 'stream' ? 'AWS::Lambda::EventSourceMapping' : 'AWS::Lambda::EventInvokeConfig';
      const connection = Object.values(resourcesOf(stateless, type)).find(({ Properties }) =>
        json(Properties.FunctionName).includes(id),
      );
      const queue = queueNamedIn(connection);
      expect(queue, name).toBeDefined();
      expect(isAlarmed(queue), name).toBe(true);
    },
  );

  it('that a rule or a schedule starts keeps undelivered events in the same queue', () => {
    const callers = {
      ...resourcesOf(stateless, 'AWS::Events::Rule'),
      ...resourcesOf(stateless, 'AWS::Scheduler::Schedule'),
    };
    expect(Object.keys(callers).length).toBeGreaterThanOrEqual(6);
    for (const [id, caller] of Object.entries(callers)) {
      const targets = [caller.Properties.Targets ?? caller.Properties.Target].flat() as {
        DeadLetterConfig?: object;
        RetryPolicy?: object;
      }[];
      for (const target of targets) {
        expect(target.DeadLetterConfig, id).toBeDefined();
        expect(target.RetryPolicy, id).toBeDefined();
      }
      expect(isAlarmed(queueNamedIn(caller)), id).toBe(true);
    }
  });

  it('from a stream halves a failing batch and gives up on one record, not on the batch', () => {
    const mappings = properties('AWS::Lambda::EventSourceMapping');
    expect(mappings).toHaveLength(4);
    for (const mapping of mappings) {
      expect(mapping).toMatchObject({
        BisectBatchOnFunctionError: true,
        FunctionResponseTypes: ['ReportBatchItemFailures'],
        MaximumRetryAttempts: 10,
        StartingPosition: 'TRIM_HORIZON',
      });
    }
  });

  it('delivers to the audit chain what has records there, and of Referrals the sales of partners', () => {
    const filters = properties('AWS::Lambda::EventSourceMapping').flatMap(({ FilterCriteria }) => FilterCriteria ?? []);
    const audited = { Filters: [{ Pattern: json({ dynamodb: { NewImage: { type: { S: AUDITED_ITEM_TYPES } } } }) }] };
    const sales = { Filters: SALE_RECORDS.map((record) => ({ Pattern: json(record) })) };
    expect(filters).toHaveLength(2);
    expect(filters).toEqual(expect.arrayContaining([audited, sales]));
  });

  it('gathers sales, so that a function is called for many of them at once', () => {
    const gathering = properties('AWS::Lambda::EventSourceMapping').filter((one) => one.MaximumBatchingWindowInSeconds);
    expect(gathering).toMatchObject([{ BatchSize: 500, MaximumBatchingWindowInSeconds: 2 }]);
  });

  it('has a queue that keeps messages for fourteen days and takes them over TLS only', () => {
    for (const [id, queue] of Object.entries(queues)) {
      expect(queue.Properties, id).toMatchObject({
        MessageRetentionPeriod: 14 * 24 * 3600,
        SqsManagedSseEnabled: true,
      });
    }
    expect(properties('AWS::SQS::QueuePolicy')).toHaveLength(Object.keys(queues).length);
  });

  it.each([
    ['click', 'RedirectLinkLog', 'rollup-clicks'],
    ['redemption', 'ConfirmRedemptionLog', 'rollup-redemptions'],
  ])('counts each %s from the log %s', (type, log, name) => {
    const subscription = properties('AWS::Logs::SubscriptionFilter').find(
      ({ FilterPattern }) => FilterPattern === `{ $.type = "${type}" }`,
    );
    expect(json(subscription?.LogGroupName)).toContain(log);
    expect(json(subscription?.DestinationArn)).toContain(functionId(stateless, name));
  });
});

describe('alarms', () => {
  const alarms = properties('AWS::CloudWatch::Alarm');

  it('go to the topic, stay quiet without data and say what to do', () => {
    for (const alarm of alarms) {
      expect(json(alarm.AlarmActions)).toContain('Alarms');
      expect(alarm.TreatMissingData).toBe('notBreaching');
      expect(String(alarm.AlarmDescription).length).toBeGreaterThan(40);
    }
  });

  it.each(['ExecutionsFailed', 'ExecutionsTimedOut', '5xx', 'IteratorAge'])('watch %s', (metric) => {
    expect(json(alarms)).toContain(`"MetricName":"${metric}"`);
  });

  it('may publish to their topic: CloudWatch for this account, and nobody without TLS', () => {
    const [policy] = properties('AWS::SNS::TopicPolicy') as { PolicyDocument: { Statement: object[] } }[];
    expect(policy?.PolicyDocument.Statement).toEqual([
      expect.objectContaining({ Effect: 'Deny', Condition: { Bool: { 'aws:SecureTransport': 'false' } } }),
      expect.objectContaining({
        Effect: 'Allow',
        Principal: { Service: 'cloudwatch.amazonaws.com' },
        Action: 'sns:Publish',
        Condition: { StringEquals: { 'aws:SourceAccount': { Ref: 'AWS::AccountId' } } },
      }),
    ]);
    expect(properties('AWS::SNS::Topic')).toHaveLength(1);
  });

  it('reach an operator by e-mail when one is configured', () => {
    stateless.hasResourceProperties('AWS::SNS::Subscription', { Protocol: 'email', Endpoint: 'ops@example.com' });
  });

  it('that reach nobody are said so at the synth, as a warning that stops nothing', () => {
    const warnings = (assembly: string): number =>
      readFileSync(join(assembly, 'TallystickApi.metadata.json'), 'utf8').split('Alarms reach nobody').length - 1;
    expect(warnings(synthesise({ alarmEmail: undefined }, indispensable()).directory)).toBe(1);
    expect(warnings(directory)).toBe(0);
  });
});

import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { findUnknown, type Machine } from './asl/definition.ts';
import { readAssembly } from './assembly.ts';
import { type AsyncPolicy, makeDeliveries } from './deliveries.ts';
import { makeDynamodbCall } from './dynamodb-client.ts';
import { startDynamodbEngine } from './dynamodb-engine.ts';
import { ensureTable, sweepExpired } from './dynamodb-tables.ts';
import { makeEvents } from './events.ts';
import { makeHttpApi } from './http-api.ts';
import { makeIdentity, type Person } from './identity.ts';
import { type FunctionSpec, makeLambda } from './lambda.ts';
import { lockDirectory } from './lock.ts';
import { makeLogs, type Subscription } from './logs.ts';
import { makeMailbox } from './mailbox.ts';
import { type Model, onlyKnown, type Resource, readModel } from './model.ts';
import { makeObjects } from './objects.ts';
import { freePort, listen } from './ports.ts';
import { makeQueues } from './queues.ts';
import { startSchedules } from './schedules.ts';
import { makeSecrets } from './secrets.ts';
import { endpointVariables, makeServicesServer } from './services.ts';
import { makeStepFunctions, type StateMachine } from './step-functions.ts';
import { openStore, type Store } from './store.ts';
import { runEventSource } from './streams.ts';

const STOP_GRACE_MS = 2_000;

export type HostOptions = {
  /** A synthesised cloud assembly (cdk.out). */
  readonly assemblyDir: string;
  readonly dataDir: string;
  /** Port of the HTTP API; the other ports are chosen once and kept in the data directory. */
  readonly port: number;
  readonly log?: ((line: string) => void) | undefined;
  /** Values for template parameters. */
  readonly parameters?: Readonly<Record<string, string>> | undefined;
};

export type Host = {
  readonly apiUrl: string;
  readonly mailboxUrl: string;
  readonly dynamodbUrl: string;
  /** `AWS_ENDPOINT_URL_*` of every service, as functions get them. */
  readonly endpoints: Readonly<Record<string, string>>;
  readonly region: string;
  /** Every resource with its physical name and resolved properties, to find a table or a machine by logical id. */
  readonly resources: readonly Resource[];
  readonly mintToken: (person: Person) => Promise<string>;
  readonly stop: () => Promise<void>;
};

/**
 * Runs a synthesised template on this machine, bound to 127.0.0.1.
 * @throws with what to do when the template holds something unknown, a port is taken, another host uses the directory.
 */
export async function startHost(options: HostOptions): Promise<Host> {
  mkdirSync(options.dataDir, { recursive: true, mode: 0o700 });
  const assembly = readAssembly(options.assemblyDir);
  const stops: (() => unknown)[] = [lockDirectory(options.dataDir)];
  const stop = async (): Promise<void> => {
    while (stops.length > 0) await stops.pop()?.();
  };
  try {
    const store = openStore(join(options.dataDir, 'host.sqlite'));
    stops.push(store.close);
    const ports = { services: await keptPort(store, 'services'), dynamodb: await keptPort(store, 'dynamodb') };
    const apiUrl = `http://127.0.0.1:${options.port}`;
    const servicesUrl = `http://127.0.0.1:${ports.services}`;
    const model = readModel(assembly, { apiUrl, servicesUrl }, options.parameters ?? {});

    const engine = await startDynamodbEngine({ directory: options.dataDir, port: ports.dynamodb });
    stops.push(engine.stop);
    const call = makeDynamodbCall(engine.endpoint);
    const tables = model.ofType('AWS::DynamoDB::Table');
    const streams = new Map<string, string>();
    for (const table of tables) {
      const streamArn = await ensureTable(call, table);
      if (streamArn) streams.set(`${table.arn}/stream/local`, streamArn);
    }
    engine.indexStreams();

    const endpoints = endpointVariables(servicesUrl, engine.endpoint);
    const specs = model.ofType('AWS::Lambda::Function').map((one) => readFunction(model, one, endpoints));
    const logs = makeLogs({
      directory: join(options.dataDir, 'logs'),
      store,
      account: model.account,
      subscriptions: readSubscriptions(model),
      deliveries: () => deliveries,
    });
    const lambda = makeLambda(specs, logs.write);
    const queues = makeQueues(model, store);
    const stepFunctions = makeStepFunctions({
      store,
      lambda,
      machines: await readMachines(model),
      onStatus: (machine, detail) => {
        const resources = [String(detail.executionArn)];
        events.publish(
          'aws.states',
          'Step Functions Execution Status Change',
          { ...detail, stateMachineArn: machine.arn },
          resources,
        );
      },
    });
    const deliveries = makeDeliveries({
      store,
      lambda,
      policies: readAsyncPolicies(model),
      sendMessage: queues.send,
      startExecution: (arn, input) => void stepFunctions.start(arn, input),
    });
    const events = makeEvents(model, store, () => deliveries);
    const audience = model.ofType('AWS::Cognito::UserPoolClient')[0]?.ref ?? 'local';
    const identity = await makeIdentity(store, `${servicesUrl}/oidc`, audience);

    const services = makeServicesServer({
      json: {
        AWSStepFunctions: stepFunctions.operations,
        AWSEvents: events.operations,
        AmazonSQS: queues.operations,
        secretsmanager: makeSecrets(model, store),
      },
      lambda,
      deliveries,
      mailbox: makeMailbox(join(options.dataDir, 'mail')),
      objects: makeObjects(model, join(options.dataDir, 's3')),
      identity,
    });
    const api = makeHttpApi(model, lambda);
    const aborted = new AbortController();
    const sources = model.ofType('AWS::Lambda::EventSourceMapping').filter((one) => one.properties.Enabled !== false);
    for (const source of sources) requireStream(source, streams);

    await listen(services, ports.services);
    stops.push(() => closeServer(services));
    await listen(api, options.port);
    // In the order of need: callers first, then what runs by itself, functions last; the store closes after all.
    stops.push(
      lambda.stop,
      logs.stop,
      deliveries.stop,
      stepFunctions.stop,
      () => aborted.abort(),
      startSchedules(model, deliveries),
      () => closeServer(api),
    );
    logs.start();
    deliveries.start();
    stepFunctions.resume();
    void sweepExpired(call, tables, aborted.signal);
    for (const source of sources) {
      const deps = { call, lambda, store, sendMessage: queues.send, region: model.region };
      void runEventSource(deps, source, requireStream(source, streams), aborted.signal);
    }
    options.log?.(`${specs.length} functions, ${tables.length} tables on ${apiUrl}`);
    return {
      apiUrl,
      mailboxUrl: `${servicesUrl}/mail`,
      dynamodbUrl: engine.endpoint,
      endpoints,
      region: model.region,
      resources: model.resources,
      mintToken: identity.mintToken,
      stop,
    };
  } catch (error) {
    await stop();
    throw error;
  }
}

async function keptPort(store: Store, name: string): Promise<number> {
  const port = await freePort(Number(store.get(`port/${name}`)) || undefined);
  store.set(`port/${name}`, String(port));
  return port;
}

function closeServer(server: ReturnType<typeof makeServicesServer>): Promise<void> {
  return new Promise((done) => {
    server.close(() => done());
    server.closeIdleConnections();
    setTimeout(() => server.closeAllConnections(), STOP_GRACE_MS).unref();
  });
}

function readFunction(model: Model, declared: Resource, endpoints: Readonly<Record<string, string>>): FunctionSpec {
  const properties = declared.properties as {
    Code?: { S3Key?: string };
    Handler?: string;
    Runtime?: string;
    Role?: string;
    Timeout?: number;
    MemorySize?: number;
    ReservedConcurrentExecutions?: number;
    Environment?: { Variables?: Record<string, string> };
    LoggingConfig?: { LogGroup?: string };
  };
  const where = `function ${declared.logicalId}`;
  if (!properties.Role) throw new Error(`${where} has no Role`);
  if (!/^nodejs\d+\.x$/.test(properties.Runtime ?? ''))
    throw new Error(`${where}: runtime ${properties.Runtime} is not known`);
  const directory = model.asset(properties.Code?.S3Key ?? '');
  if (!directory) throw new Error(`${where}: its code is not an asset of this assembly`);
  const memoryMb = properties.MemorySize ?? 128;
  const logGroup = properties.LoggingConfig?.LogGroup ?? `/aws/lambda/${declared.name}`;
  const variables = Object.entries(properties.Environment?.Variables ?? {}).map(([name, value]) => [
    name,
    String(value),
  ]);
  return {
    name: declared.name,
    arn: declared.arn,
    directory,
    handler: properties.Handler ?? 'index.handler',
    timeoutSeconds: properties.Timeout ?? 3,
    memoryMb,
    logGroup,
    maxConcurrency: properties.ReservedConcurrentExecutions,
    environment: {
      ...endpoints,
      AWS_REGION: model.region,
      AWS_DEFAULT_REGION: model.region,
      AWS_ACCESS_KEY_ID: 'local',
      AWS_SECRET_ACCESS_KEY: 'local',
      AWS_LAMBDA_FUNCTION_NAME: declared.name,
      AWS_LAMBDA_FUNCTION_VERSION: '$LATEST',
      AWS_LAMBDA_FUNCTION_MEMORY_SIZE: String(memoryMb),
      AWS_LAMBDA_LOG_GROUP_NAME: logGroup,
      AWS_EXECUTION_ENV: `AWS_Lambda_${properties.Runtime}`,
      LAMBDA_TASK_ROOT: directory,
      _HANDLER: properties.Handler ?? 'index.handler',
      TZ: ':UTC',
      ...Object.fromEntries(variables),
    },
  };
}

async function readMachines(model: Model): Promise<StateMachine[]> {
  const problems: string[] = [];
  const machines = model.ofType('AWS::StepFunctions::StateMachine').map((declared) => {
    const { Definition, DefinitionString, DefinitionSubstitutions, RoleArn, StateMachineType } = declared.properties;
    if (StateMachineType === 'EXPRESS') problems.push(`${declared.logicalId}: only STANDARD is known`);
    const substitutions = (DefinitionSubstitutions ?? {}) as Record<string, string>;
    const text = (DefinitionString as string | undefined) ?? JSON.stringify(Definition);
    const filled = text.replaceAll(/\$\{(\w+)\}/g, (whole, name: string) => substitutions[name] ?? whole);
    const definition = JSON.parse(filled) as Machine;
    for (const problem of findUnknown(definition)) problems.push(`${declared.logicalId}: ${problem}`);
    return { arn: declared.arn, name: declared.name, roleArn: String(RoleArn ?? ''), definition };
  });
  if (problems.length > 0)
    throw new Error(`A workflow holds what infra/local does not know:\n  ${problems.join('\n  ')}`);
  return machines;
}

function readSubscriptions(model: Model): Subscription[] {
  return model.ofType('AWS::Logs::SubscriptionFilter').map(({ logicalId, properties }) => ({
    name: logicalId,
    logGroup: String(properties.LogGroupName),
    pattern: String(properties.FilterPattern),
    functionArn: String(properties.DestinationArn),
  }));
}

function readAsyncPolicies(model: Model): Map<string, AsyncPolicy> {
  const policies = new Map<string, AsyncPolicy>();
  for (const declared of model.ofType('AWS::Lambda::Function')) {
    const deadLetter = (declared.properties.DeadLetterConfig as { TargetArn?: string } | undefined)?.TargetArn;
    const config = model
      .ofType('AWS::Lambda::EventInvokeConfig')
      .find(
        (one) => one.properties.FunctionName === declared.name || one.properties.FunctionName === declared.arn,
      )?.properties;
    const destinations = config?.DestinationConfig as { OnFailure?: { Destination?: string } } | undefined;
    onlyKnown(destinations, 'OnFailure', `event invoke config of ${declared.logicalId}`);
    policies.set(declared.arn, {
      deadLetter,
      retries: config?.MaximumRetryAttempts as number | undefined,
      onFailure: destinations?.OnFailure?.Destination,
    });
  }
  return policies;
}

function requireStream(source: Resource, streams: ReadonlyMap<string, string>): string {
  const streamArn = streams.get(String(source.properties.EventSourceArn));
  if (!streamArn)
    throw new Error(`event source ${source.logicalId}: no table stream ${source.properties.EventSourceArn}`);
  return streamArn;
}

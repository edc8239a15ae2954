import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { readAssembly } from './assembly.ts';
import { makeDeliveries } from './deliveries.ts';
import { makeDynamodbCall } from './dynamodb-client.ts';
import { startDynamodbEngine } from './dynamodb-engine.ts';
import { ensureTable, sweepExpired } from './dynamodb-tables.ts';
import { makeEvents } from './events.ts';
import { makeHttpApi } from './http-api.ts';
import { makeIdentity, type Person } from './identity.ts';
import { makeKeys } from './keys.ts';
import { makeLambda } from './lambda.ts';
import { lockDirectory } from './lock.ts';
import { makeLogs } from './logs.ts';
import { makeMailbox } from './mailbox.ts';
import { type Model, type Resource, readModel } from './model.ts';
import { makeObjects } from './objects.ts';
import { freePort, listen } from './ports.ts';
import { makeQueues } from './queues.ts';
import { readAsyncPolicies, readFunction, readMachines, readSubscriptions } from './read-template.ts';
import { startSchedules } from './schedules.ts';
import { makeSecrets } from './secrets.ts';
import { endpointVariables, makeServicesServer } from './services.ts';
import { makeSending } from './ses-simulator.ts';
import { makeStepFunctions } from './step-functions.ts';
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
  /** Values of functions' variables in place of the template's, for functions that declare them. */
  readonly variables?: Readonly<Record<string, string>> | undefined;
  /** Functions that may stay loaded between calls, where memory matters less than time. */
  readonly warmThreads?: number | undefined;
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
  /** Where a person signs in afresh, and the password that is everybody's here. */
  readonly signIn: { readonly url: string; readonly password: string };
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
  const onSignal = (): void => void stop().finally(() => process.exit(0));
  for (const signal of ['SIGINT', 'SIGTERM'] as const) {
    process.once(signal, onSignal);
    stops.push(() => process.off(signal, onSignal));
  }
  try {
    const store = openStore(join(options.dataDir, 'host.sqlite'));
    stops.push(store.close);
    const ports = { services: await keptPort(store, 'services'), dynamodb: await keptPort(store, 'dynamodb') };
    const apiUrl = `http://127.0.0.1:${options.port}`;
    const servicesUrl = `http://127.0.0.1:${ports.services}`;
    const model = readModel(assembly, { apiUrl, servicesUrl }, options.parameters ?? {});

    const onEnd = (): void =>
      options.log?.('The DynamoDB engine has ended. Stop this and start again; your data is kept.');
    const engine = await startDynamodbEngine({ directory: options.dataDir, port: ports.dynamodb, onEnd });
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
    const specs = model
      .ofType('AWS::Lambda::Function')
      .map((one) => readFunction(model, one, endpoints, options.variables));
    const logs = makeLogs({
      directory: join(options.dataDir, 'logs'),
      store,
      account: model.account,
      subscriptions: readSubscriptions(model),
      deliveries: () => deliveries,
    });
    const lambda = makeLambda(specs, logs.write, options.warmThreads);
    const queues = makeQueues(model, store);
    const stepFunctions = makeStepFunctions({
      store,
      lambda,
      machines: readMachines(model),
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
    const client = readSignInClient(model);
    const identity = await makeIdentity(store, `${servicesUrl}/oidc`, client.id);

    const services = makeServicesServer({
      json: {
        AWSStepFunctions: stepFunctions.operations,
        AWSEvents: events.operations,
        AmazonSQS: queues.operations,
        secretsmanager: makeSecrets(model, store),
        TrentService: makeKeys(model, store),
      },
      lambda,
      deliveries,
      mailbox: makeMailbox(join(options.dataDir, 'mail'), makeSending(model, events.publish)),
      objects: makeObjects(model, join(options.dataDir, 's3')),
      identity,
      provider: once(async () => {
        const { makeIdentityProvider } = await import('./identity-provider.ts');
        return makeIdentityProvider({ store, identity, ...client });
      }),
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
      signIn: { url: `${identity.issuer}/sign-in`, password: identity.password },
      stop,
    };
  } catch (error) {
    await stop();
    throw error;
  }
}

/** The app client that people sign in by: the one with addresses to come back to, if there is one. */
function readSignInClient(model: Model): { id: string; redirectUris: string[]; signedOutUris: string[] } {
  const clients = model.ofType('AWS::Cognito::UserPoolClient');
  const client = clients.find(({ properties }) => properties.CallbackURLs !== undefined) ?? clients[0];
  const uris = (value: unknown): string[] => (Array.isArray(value) ? value.map(String) : []);
  const { CallbackURLs, LogoutURLs } = client?.properties ?? {};
  return { id: client?.ref ?? 'local', redirectUris: uris(CallbackURLs), signedOutUris: uris(LogoutURLs) };
}

function once<T>(make: () => Promise<T>): () => Promise<T> {
  let made: Promise<T> | undefined;
  return () => {
    made ??= make();
    return made;
  };
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

function requireStream(source: Resource, streams: ReadonlyMap<string, string>): string {
  const streamArn = streams.get(String(source.properties.EventSourceArn));
  if (!streamArn)
    throw new Error(`event source ${source.logicalId}: no table stream ${source.properties.EventSourceArn}`);
  return streamArn;
}

import { mkdtempSync, readdirSync, readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { createRemoteJWKSet, jwtVerify } from 'jose';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Host, startHost } from '#infra/local/host';
import { freePort } from '#infra/local/ports';
import { removeFolder } from '#test/support/remove-folder';
import { aFunction, aHttpApi, anAssembly, aRole, att, ref } from './support/assembly.ts';

/** One function that does what a request names, with real SDK clients that know nothing of the local host. */
const WORK = `
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { DynamoDBDocumentClient, GetCommand, PutCommand } from '@aws-sdk/lib-dynamodb';
import { EventBridgeClient, PutEventsCommand } from '@aws-sdk/client-eventbridge';
import { GetObjectCommand, HeadObjectCommand, ListObjectsV2Command, PutObjectCommand, S3Client } from '@aws-sdk/client-s3';
import { GetSecretValueCommand, SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import { SendEmailCommand, SESv2Client } from '@aws-sdk/client-sesv2';
import { DescribeExecutionCommand, SFNClient, StartExecutionCommand } from '@aws-sdk/client-sfn';
const documents = DynamoDBDocumentClient.from(new DynamoDBClient({}));
const s3 = new S3Client({});
const sfn = new SFNClient({});
const TableName = process.env.TABLE;
const Bucket = process.env.BUCKET;
const jobs = {
  put: (item) => documents.send(new PutCommand({ TableName, Item: item })),
  get: (key) => documents.send(new GetCommand({ TableName, Key: key })),
  publish: (detail) => new EventBridgeClient({}).send(new PutEventsCommand({ Entries: [
    { EventBusName: process.env.BUS, Source: 'test', DetailType: 'thing.happened', Detail: JSON.stringify(detail) }] })),
  secret: () => new SecretsManagerClient({}).send(new GetSecretValueCommand({ SecretId: process.env.SECRET })),
  mail: (html) => new SESv2Client({}).send(new SendEmailCommand({ FromEmailAddress: 'us@example.com',
    Destination: { ToAddresses: ['you@example.com'] },
    Content: { Simple: { Subject: { Data: 'Hello <you>' }, Body: { Html: { Data: html }, Text: { Data: 'plain' } } } } })),
  files: async () => {
    await s3.send(new PutObjectCommand({ Bucket, Key: 'a b/ü.txt', Body: 'content', ContentType: 'text/plain' }));
    const twice = await s3.send(new PutObjectCommand({ Bucket, Key: 'a b/ü.txt', Body: 'x', IfNoneMatch: '*' })).catch((e) => e.name);
    const got = await s3.send(new GetObjectCommand({ Bucket, Key: 'a b/ü.txt' }));
    const head = await s3.send(new HeadObjectCommand({ Bucket, Key: 'a b/ü.txt' }));
    const list = await s3.send(new ListObjectsV2Command({ Bucket, Prefix: 'a b/' }));
    const missing = await s3.send(new GetObjectCommand({ Bucket, Key: 'gone' })).catch((e) => e.name);
    const escape = await s3.send(new PutObjectCommand({ Bucket, Key: '../../escape', Body: 'x' })).then(() => 'stored', (e) => e.name);
    return { body: await got.Body.transformToString(), type: head.ContentType, size: head.ContentLength, keys: list.Contents.map((c) => c.Key), twice, missing, escape };
  },
  run: async (input) => {
    const { executionArn } = await sfn.send(new StartExecutionCommand({ stateMachineArn: process.env.MACHINE, input: JSON.stringify(input) }));
    for (;;) {
      const { status, output } = await sfn.send(new DescribeExecutionCommand({ executionArn }));
      if (status !== 'RUNNING') return { status, output };
      await new Promise((done) => setTimeout(done, 20));
    }
  },
  fail: () => { throw new TypeError('broken on purpose'); },
  hang: () => new Promise(() => {}),
  environment: () => ({ ...process.env }),
  big: (bytes) => 'x'.repeat(bytes),
};
export const handler = async (event) => {
  if (event.version !== '2.0') return event;
  if (event.pathParameters?.job === 'event') return event;
  const input = event.body ? JSON.parse(event.isBase64Encoded ? Buffer.from(event.body, 'base64').toString() : event.body) : undefined;
  const result = await jobs[event.pathParameters.job](input);
  return { statusCode: 200, headers: { 'x-kept': 'yes' }, cookies: ['a=1', 'b=2'], body: JSON.stringify(result ?? null) };
};`;

/** Stores what reaches it under a key of its own kind, so that a test can see what came by which way. */
const LISTEN = `
import { gunzipSync } from 'node:zlib';
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { DynamoDBDocumentClient, PutCommand } from '@aws-sdk/lib-dynamodb';
const documents = DynamoDBDocumentClient.from(new DynamoDBClient({}));
const store = (pk, value) => documents.send(new PutCommand({ TableName: process.env.TABLE, Item: { pk, sk: 'heard', value } }));
export const handler = async (event) => {
  if (event.awslogs) {
    const { logEvents } = JSON.parse(gunzipSync(Buffer.from(event.awslogs.data, 'base64')).toString());
    return store('clicks', logEvents.map((one) => JSON.parse(one.message).n));
  }
  if (event.Records) {
    const poison = event.Records.some((record) => record.dynamodb.Keys.pk.S === 'poison');
    if (poison) throw new Error('cannot digest');
    return store('stream', event.Records.map((record) => record.dynamodb.NewImage.pk.S));
  }
  if (event.detail?.poison) throw new Error('cannot digest');
  if (event.detail) return store('event-' + event.detail.n, event['detail-type']);
};`;

const CLICK = `export const handler = async (event) => {
  console.log(JSON.stringify({ type: 'click', n: event.pathParameters.slug }));
  console.log(JSON.stringify({ type: 'other' }));
  return { statusCode: 302, headers: { location: 'https://example.com/' } };
};`;

const AUTHORIZE = `export const handler = async (event) => ({
  isAuthorized: event.headers.authorization !== 'Bearer no', context: { principal: event.headers.authorization ?? 'nobody' } });`;

const resources = {
  Role: aRole,
  Table: {
    Type: 'AWS::DynamoDB::Table',
    Properties: {
      KeySchema: [
        { AttributeName: 'pk', KeyType: 'HASH' },
        { AttributeName: 'sk', KeyType: 'RANGE' },
      ],
      AttributeDefinitions: [
        { AttributeName: 'pk', AttributeType: 'S' },
        { AttributeName: 'sk', AttributeType: 'S' },
      ],
      BillingMode: 'PAY_PER_REQUEST',
      StreamSpecification: { StreamViewType: 'NEW_AND_OLD_IMAGES' },
    },
  },
  Bus: { Type: 'AWS::Events::EventBus', Properties: { Name: 'things' } },
  Bucket: { Type: 'AWS::S3::Bucket', Properties: {} },
  Secret: {
    Type: 'AWS::SecretsManager::Secret',
    Properties: { GenerateSecretString: { PasswordLength: 64, ExcludePunctuation: true } },
  },
  Failures: { Type: 'AWS::SQS::Queue', Properties: {} },
  Work: aFunction(
    'work',
    {
      TABLE: ref('Table'),
      BUS: ref('Bus'),
      BUCKET: ref('Bucket'),
      SECRET: ref('Secret'),
      MACHINE: ref('Machine'),
      API: att('Api', 'ApiEndpoint'),
    },
    { Timeout: 2, LoggingConfig: { LogGroup: ref('WorkLog') } },
  ),
  WorkLog: { Type: 'AWS::Logs::LogGroup', Properties: { RetentionInDays: 7 } },
  Listen: aFunction('listen', { TABLE: ref('Table') }),
  ListenPolicy: {
    Type: 'AWS::Lambda::EventInvokeConfig',
    Properties: {
      FunctionName: ref('Listen'),
      Qualifier: '$LATEST',
      MaximumRetryAttempts: 1,
      DestinationConfig: { OnFailure: { Destination: att('Failures') } },
    },
  },
  Click: aFunction('click'),
  Authorize: aFunction('authorize'),
  Stream: {
    Type: 'AWS::Lambda::EventSourceMapping',
    Properties: {
      EventSourceArn: att('Table', 'StreamArn'),
      FunctionName: ref('Listen'),
      BatchSize: 10,
      StartingPosition: 'TRIM_HORIZON',
      MaximumRetryAttempts: 1,
      BisectBatchOnFunctionError: true,
      DestinationConfig: { OnFailure: { Destination: att('Failures') } },
      FilterCriteria: { Filters: [{ Pattern: '{"dynamodb":{"Keys":{"sk":{"S":["seen"]}}}}' }] },
    },
  },
  Clicks: {
    Type: 'AWS::Logs::SubscriptionFilter',
    Properties: {
      DestinationArn: att('Listen'),
      FilterPattern: '{ $.type = "click" }',
      LogGroupName: '/aws/lambda/Test-Click',
    },
  },
  Rule: {
    Type: 'AWS::Events::Rule',
    Properties: {
      EventBusName: ref('Bus'),
      State: 'ENABLED',
      EventPattern: { 'detail-type': ['thing.happened'] },
      Targets: [{ Arn: att('Listen'), Id: 'Target0', RetryPolicy: { MaximumRetryAttempts: 2 } }],
    },
  },
  Machine: {
    Type: 'AWS::StepFunctions::StateMachine',
    Properties: {
      RoleArn: att('Role'),
      DefinitionString: {
        'Fn::Join': [
          '',
          [
            '{"QueryLanguage":"JSONata","StartAt":"Echo","States":{"Echo":{"Type":"Task","Resource":"arn:',
            ref('AWS::Partition'),
            ':states:::lambda:invoke","Arguments":{"FunctionName":"',
            att('Work'),
            '","Payload":"{% $states.input %}"},"Output":"{% $states.result.Payload %}","End":true}}}',
          ],
        ],
      },
    },
  },
  Pool: { Type: 'AWS::Cognito::UserPool', Properties: { UserPoolName: 'people' } },
  Client: {
    Type: 'AWS::Cognito::UserPoolClient',
    Properties: {
      UserPoolId: ref('Pool'),
      CallbackURLs: ['http://127.0.0.1:1/back'],
      LogoutURLs: ['http://127.0.0.1:1/out'],
    },
  },
  ...aHttpApi(
    {
      'POST /do/{job}': 'Work',
      'GET /do/{job}': 'Work',
      'GET /r/{slug}': 'Click',
      'HEAD /r/{slug}': 'Click',
      $default: 'Work',
    },
    'Authorize',
  ),
};

let assemblyDir: string;
let dataDir: string;
let host: Host;
let port: number;

beforeAll(async () => {
  assemblyDir = anAssembly(resources, { work: WORK, listen: LISTEN, click: CLICK, authorize: AUTHORIZE });
  dataDir = mkdtempSync(join(tmpdir(), 'tallystick-host-'));
  port = await freePort();
  host = await startHost({ assemblyDir, dataDir, port });
});
afterAll(async () => {
  await host?.stop();
  for (const directory of [assemblyDir, dataDir]) removeFolder(directory);
});

const ask = async (job: string, input?: unknown) => {
  const response = await fetch(`${host.apiUrl}/do/${job}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    ...(input === undefined ? {} : { body: JSON.stringify(input) }),
  });
  return { status: response.status, headers: response.headers, body: (await response.json()) as never };
};
const heard = async (pk: string): Promise<unknown> => {
  for (let turn = 0; turn < 100; turn++) {
    const { body } = await ask('get', { pk, sk: 'heard' });
    const { Item } = body as { Item?: { value: unknown } };
    if (Item) return Item.value;
    await sleep(50);
  }
  throw new Error(`nothing heard of ${pk}`);
};
const sqs = async (operation: string, input: object): Promise<Record<string, unknown>> => {
  const response = await fetch(host.endpoints.AWS_ENDPOINT_URL_SQS!, {
    method: 'POST',
    headers: { 'x-amz-target': `AmazonSQS.${operation}`, authorization: 'local' },
    body: JSON.stringify(input),
  });
  return (await response.json()) as Record<string, unknown>;
};
const deadLetter = async (): Promise<Record<string, never>> => {
  const QueueUrl = host.resources.find((one) => one.logicalId === 'Failures')?.ref;
  // A busy machine may take longer than the longest poll.
  for (let poll = 1; ; poll += 1) {
    const { Messages } = (await sqs('ReceiveMessage', { QueueUrl, WaitTimeSeconds: 10 })) as {
      Messages?: { Body: string }[];
    };
    if (Messages?.[0] || poll >= 5) return JSON.parse(Messages?.[0]?.Body ?? '{}') as Record<string, never>;
  }
};

test('a function behind a route writes and reads the declared table', async () => {
  expect((await ask('put', { pk: 'a', sk: 'b', n: 1 })).status).toBe(200);
  const { body, headers } = await ask('get', { pk: 'a', sk: 'b' });
  expect(body).toMatchObject({ Item: { pk: 'a', sk: 'b', n: 1 } });
  expect(headers.get('x-kept')).toBe('yes');
  expect(headers.getSetCookie()).toEqual(['a=1', 'b=2']);
});

test('a request arrives in payload format 2.0', async () => {
  const response = await fetch(`${host.apiUrl}/do/event?x=1&x=2&y=%20`, {
    headers: { cookie: 'c=1; d=2', 'x-one': 'two', authorization: 'Bearer me' },
  });
  expect(response.headers.get('content-type')).toBe('application/json');
  expect(await response.json()).toMatchObject({
    version: '2.0',
    routeKey: 'GET /do/{job}',
    rawPath: '/do/event',
    rawQueryString: 'x=1&x=2&y=%20',
    queryStringParameters: { x: '1,2', y: ' ' },
    pathParameters: { job: 'event' },
    cookies: ['c=1', 'd=2'],
    headers: { 'x-one': 'two' },
    isBase64Encoded: false,
    requestContext: {
      http: { method: 'GET', path: '/do/event' },
      stage: '$default',
      authorizer: { lambda: { principal: 'Bearer me' } },
    },
  });
});

test('the authorizer’s no is 403, a failure 500, a hanging function 500, an unmatched method goes to $default', async () => {
  const no = await fetch(`${host.apiUrl}/do/get`, { headers: { authorization: 'Bearer no' } });
  expect([no.status, await no.json()]).toEqual([403, { message: 'Forbidden' }]);
  expect(await ask('fail')).toMatchObject({ status: 500, body: { message: 'Internal Server Error' } });
  expect(await ask('hang')).toMatchObject({ status: 500 });
  expect((await ask('put', { pk: 'after', sk: 'hang' })).status).toBe(200);
  const other = await fetch(`${host.apiUrl}/nowhere`, { method: 'DELETE' });
  expect(other.status).toBe(500);
});

test('limits: 6 MB to and from a function, 10 kB of headers, 10 MB to the API', async () => {
  expect((await ask('big', 6 * 1024 * 1024)).status).toBe(500);
  const body = `"${'x'.repeat(6 * 1024 * 1024)}"`;
  const large = await fetch(`${host.apiUrl}/do/put`, {
    method: 'POST',
    body,
    headers: { 'content-type': 'application/json' },
  });
  expect(large.status).toBe(413);
  const headers = { 'x-long': 'x'.repeat(11_000) };
  expect((await fetch(`${host.apiUrl}/do/event`, { headers })).status).toBe(431);
});

test('a function sees its own variables and AWS’s, and nothing of this process', async () => {
  process.env.NOT_FOR_FUNCTIONS = 'secret';
  const { body } = await ask('environment');
  expect(body).toMatchObject({
    TABLE: 'Test-Table',
    API: host.apiUrl,
    AWS_REGION: 'us-east-1',
    AWS_LAMBDA_FUNCTION_NAME: 'Test-Work',
  });
  expect(body).not.toHaveProperty('NOT_FOR_FUNCTIONS');
  expect(body).not.toHaveProperty('PATH');
});

test('the other services answer the SDK', async () => {
  const secret = (await ask('secret')).body as { SecretString: string };
  expect(secret.SecretString).toMatch(/^[A-Za-z0-9]{64}$/);
  expect((await ask('files')).body).toEqual({
    body: 'content',
    type: 'text/plain',
    size: 7,
    keys: ['a b/ü.txt'],
    twice: 'PreconditionFailed',
    missing: 'NoSuchKey',
    escape: expect.any(String),
  });
  expect(readdirSync(dataDir)).not.toContain('escape');
  expect((await ask('run', { hello: 1 })).body).toEqual({ status: 'SUCCEEDED', output: '{"hello":1}' });
});

test('mail lands in the mailbox, where its scripts do not run', async () => {
  await ask('mail', '<b onclick="x">Hi</b><script>alert(1)</script>');
  const list = await (await fetch(host.mailboxUrl)).text();
  expect(list).toContain('Hello &lt;you&gt;');
  const link = /href="(\/mail\/[0-9a-f-]+)"/.exec(list)?.[1];
  const page = await fetch(new URL(link!, host.mailboxUrl));
  expect(page.headers.get('content-security-policy')).toContain("default-src 'none'");
  const html = await page.text();
  expect(html).toContain('<iframe sandbox');
  expect(html).not.toContain('<script>');
});

test('events, log lines and stream records reach their functions', async () => {
  await ask('publish', { n: 1 });
  expect(await heard('event-1')).toBe('thing.happened');
  const redirect = await fetch(`${host.apiUrl}/r/spring`, { redirect: 'manual' });
  expect([redirect.status, redirect.headers.get('location')]).toEqual([302, 'https://example.com/']);
  expect(await heard('clicks')).toEqual(['spring']);
  await ask('put', { pk: 'seen-by-stream', sk: 'seen' });
  expect(await heard('stream')).toEqual(['seen-by-stream']);
});

test('an event that always fails ends in the dead-letter queue, with its reason', async () => {
  await ask('publish', { poison: true });
  expect(await deadLetter()).toMatchObject({
    requestContext: { condition: 'RetriesExhausted', approximateInvokeCount: 2 },
    requestPayload: { detail: { poison: true } },
    responsePayload: { errorMessage: 'cannot digest' },
  });
});

test('a stream record that always fails is set apart and the stream goes on', async () => {
  await ask('put', { pk: 'poison', sk: 'seen' });
  expect(await deadLetter()).toMatchObject({
    DDBStreamBatchInfo: { batchSize: 1 },
    requestContext: { condition: 'RetryAttemptsExhausted' },
  });
});

test('a minted token verifies against the published keys', async () => {
  const issuer = new URL('/oidc', host.mailboxUrl).href;
  const keys = createRemoteJWKSet(new URL(`${issuer}/.well-known/jwks.json`));
  const token = await host.mintToken({ email: 'ann@example.com', groups: ['finance'] });
  const { payload } = await jwtVerify(token, keys, { issuer, audience: 'test-client' });
  expect(payload).toMatchObject({ email: 'ann@example.com', email_verified: true, 'cognito:groups': ['finance'] });
});

test('a sign-in page opens for the app client of the template and leads back to its addresses alone', async () => {
  const issuer = new URL('/oidc', host.mailboxUrl).href;
  const found = await fetch(`${issuer}/.well-known/openid-configuration`);
  const { authorization_endpoint, jwks_uri } = (await found.json()) as Record<string, string>;
  expect(jwks_uri).toBe(`${issuer}/.well-known/jwks.json`);
  const query = { client_id: 'test-client', response_type: 'code', scope: 'openid', code_challenge_method: 'S256' };
  const open = async (redirect_uri: string): Promise<Response> => {
    const code_challenge = 'a'.repeat(43);
    return fetch(`${authorization_endpoint}?${new URLSearchParams({ ...query, redirect_uri, code_challenge })}`, {
      redirect: 'manual',
    });
  };
  expect((await open('http://127.0.0.1:1/back')).headers.get('location')).toMatch(/^\/oidc\/interaction\//);
  expect((await open('http://127.0.0.1:1/out')).status).toBe(400);
});

test('the services refuse unsigned calls and other names for this machine', async () => {
  expect((await fetch(`${host.endpoints.AWS_ENDPOINT_URL_SFN}`, { method: 'POST', body: '{}' })).status).toBe(403);
  const { request } = await import('node:http');
  const status = await new Promise((done) => {
    request(host.mailboxUrl, { headers: { host: 'evil.example' } }, (response) => done(response.statusCode)).end();
  });
  expect(status).toBe(403);
});

test('a second host on the data directory is refused; after a stop everything is still there, on the same ports', async () => {
  await expect(startHost({ assemblyDir, dataDir, port: await freePort() })).rejects.toThrow(
    'Stop it, or choose another --data',
  );
  const secretString = async () => ((await ask('secret')).body as { SecretString: string }).SecretString;
  const before = { mailboxUrl: host.mailboxUrl, secret: await secretString() };
  await host.stop();
  host = await startHost({ assemblyDir, dataDir, port });
  expect({ mailboxUrl: host.mailboxUrl, secret: await secretString() }).toEqual(before);
  expect((await ask('get', { pk: 'a', sk: 'b' })).body).toMatchObject({ Item: { n: 1 } });
  expect(readFileSync(join(dataDir, 'logs', 'Test-WorkLog.log'), 'utf8')).toContain('broken on purpose');
});

test('a taken port says so', async () => {
  const server = createServer().listen(0, '127.0.0.1');
  await new Promise((done) => server.once('listening', done));
  const taken = (server.address() as { port: number }).port;
  const other = mkdtempSync(join(tmpdir(), 'tallystick-host-'));
  await expect(startHost({ assemblyDir, dataDir: other, port: taken })).rejects.toThrow(`Port ${taken} is taken`);
  server.close();
  removeFolder(other);
});

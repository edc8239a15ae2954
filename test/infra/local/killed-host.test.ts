import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, expect, test } from 'vitest';
import { freePort } from '#infra/local/ports';
import { removeFolder } from '#test/support/remove-folder';
import { aFunction, aHttpApi, anAssembly, aRole, att, ref } from './support/assembly.ts';

/** Writes a row, and for every row of the stream publishes an event that a second function stores slowly. */
const CODE = `
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { DynamoDBDocumentClient, GetCommand, PutCommand } from '@aws-sdk/lib-dynamodb';
import { EventBridgeClient, PutEventsCommand } from '@aws-sdk/client-eventbridge';
const documents = DynamoDBDocumentClient.from(new DynamoDBClient({}));
const events = new EventBridgeClient({});
const TableName = process.env.TABLE;
export const handler = async (event) => {
  if (event.Records) {
    for (const record of event.Records) await events.send(new PutEventsCommand({ Entries: [
      { Source: 'test', DetailType: 'stored', Detail: JSON.stringify({ pk: record.dynamodb.Keys.pk.S }) }] }));
    return;
  }
  if (event.detail) {
    await new Promise((done) => setTimeout(done, 50));
    return documents.send(new PutCommand({ TableName, Item: { pk: 'done-' + event.detail.pk, sk: 'done' } }));
  }
  const pk = event.pathParameters.pk;
  if (event.requestContext.http.method === 'POST') return documents.send(new PutCommand({ TableName, Item: { pk, sk: 'row' } }));
  const { Item } = await documents.send(new GetCommand({ TableName, Key: { pk: 'done-' + pk, sk: 'done' } }));
  return { statusCode: Item ? 200 : 404 };
};`;
const key = (AttributeName: string) => ({ AttributeName, AttributeType: 'S' });
const resources = {
  Role: aRole,
  Table: {
    Type: 'AWS::DynamoDB::Table',
    Properties: {
      KeySchema: [
        { AttributeName: 'pk', KeyType: 'HASH' },
        { AttributeName: 'sk', KeyType: 'RANGE' },
      ],
      AttributeDefinitions: [key('pk'), key('sk')],
      StreamSpecification: { StreamViewType: 'NEW_IMAGE' },
    },
  },
  Work: aFunction('work', { TABLE: ref('Table') }),
  Stream: {
    Type: 'AWS::Lambda::EventSourceMapping',
    Properties: {
      EventSourceArn: att('Table', 'StreamArn'),
      FunctionName: ref('Work'),
      StartingPosition: 'TRIM_HORIZON',
      FilterCriteria: { Filters: [{ Pattern: '{"dynamodb":{"Keys":{"sk":{"S":["row"]}}}}' }] },
    },
  },
  Rule: {
    Type: 'AWS::Events::Rule',
    Properties: { EventPattern: { source: ['test'] }, Targets: [{ Arn: att('Work'), Id: 'T' }] },
  },
  ...aHttpApi({ 'POST /{pk}': 'Work', 'GET /{pk}': 'Work' }),
};

const assemblyDir = anAssembly(resources, { work: CODE });
const dataDir = mkdtempSync(join(tmpdir(), 'tallystick-killed-'));
let child: ChildProcess | undefined;
afterAll(() => {
  child?.kill('SIGKILL');
  for (const directory of [assemblyDir, dataDir]) removeFolder(directory);
});

const CRASHING = new URL('./support/crashing-host.ts', import.meta.url);
async function start(port: number): Promise<{ apiUrl: string; dynamodbUrl: string }> {
  child = fork(CRASHING, [assemblyDir, dataDir, String(port)], { execArgv: [] });
  const [message] = await once(child, 'message');
  return message as { apiUrl: string; dynamodbUrl: string };
}

/** A dead process that nobody has reaped yet is still listed, as a zombie. */
function isAlive(pid: number): boolean {
  try {
    return !readFileSync(`/proc/${pid}/stat`, 'utf8').includes(') Z ');
  } catch {
    return false;
  }
}

test('after kill -9 the engine dies too, the lock is taken over, and every row still has its effect', async () => {
  const port = await freePort();
  const rows = Array.from({ length: 30 }, (_, index) => `row-${index}`);
  for (let round = 0; round < 3; round++) {
    const host = await start(port);
    for (const row of rows.slice(round * 10, round * 10 + 10)) {
      expect((await fetch(`${host.apiUrl}/${row}`, { method: 'POST' })).status).toBe(200);
    }
    await sleep(round * 120);
    const engine = Number(readFileSync(join(dataDir, 'dynamodb.pid'), 'utf8'));
    child?.kill('SIGKILL');
    await once(child!, 'exit');
    await sleep(500);
    expect(isAlive(engine)).toBe(false);
  }
  const host = await start(port);
  for (const row of rows) {
    let status = 0;
    for (let turn = 0; status !== 200 && turn < 100; turn++) {
      status = (await fetch(`${host.apiUrl}/${row}`)).status;
      if (status !== 200) await sleep(50);
    }
    expect([row, status]).toEqual([row, 200]);
  }
});

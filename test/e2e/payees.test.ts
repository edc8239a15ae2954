import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { DynamoDBClient, ListTablesCommand } from '@aws-sdk/client-dynamodb';
import { DynamoDBDocumentClient, ScanCommand } from '@aws-sdk/lib-dynamodb';
import { beforeAll, describe, expect, it } from 'vitest';
import { type ApiClient, makeApiClient } from '#infra/api-client';
import { signInAgain } from '#infra/local/demo/sign-in';
import { digest } from '#shared/adapters/digest';
import { eventually } from '#test/support/eventually';
import { type SharedStack, sharedLocalStack } from '#test/support/local-stack';
import { asPartner } from '#test/support/partner-token';
import { aPartner, aProgramme, IBAN_OF_TESTS } from '#test/support/programme';

const ROOT = join(import.meta.dirname, '../..');
const OTHER_IBAN = 'DE89370400440532013000';
const OTHER = { rail: 'bank_file', name: 'Ada', iban: OTHER_IBAN };
const HOUR_MS = 3_600_000;

let stack: SharedStack;
let programId: string;
let email: string;
let ada: ApiClient;
const path = (rest: string): string => `/v1/programs/${programId}${rest}`;
const payeeOf = (partnerId: string): string => path(`/partners/${partnerId}/payee`);

beforeAll(async () => {
  stack = await sharedLocalStack();
  programId = await aProgramme(stack.as('admin'));
  email = `ada.${programId}@partners.example`;
  await aPartner(stack.as('admin_key'), programId, 'ada', { email });
  await aPartner(stack.as('admin_key'), programId, 'bob', { payee: undefined });
  ada = makeApiClient(stack.endpoints.apiUrl, await signInAgain(stack.dataDir, email));
}, 120_000);

describe('a partner that changes where it is paid', () => {
  it('signs in afresh for it', async () => {
    const then = Math.floor(Date.now() / 1000) - 16 * 60;
    const stale = await asPartner(stack, email, { auth_time: then });
    await expect(stale.put(payeeOf('ada'), OTHER)).rejects.toMatchObject({
      status: 403,
      code: 'login_not_fresh',
      problem: { errors: [{ pointer: 'header:Authorization' }], detail: expect.stringContaining('Sign in again') },
    });
    const silent = await asPartner(stack, email);
    await expect(silent.put(payeeOf('ada'), OTHER)).rejects.toMatchObject({ code: 'login_not_fresh' });
    await expect(stack.as('admin_key').put(payeeOf('ada'), OTHER)).rejects.toMatchObject({ code: 'person_required' });
  });

  it('chooses among the rails of the programme', async () => {
    const sandbox = { rail: 'sandbox', name: 'Ada', behaviour: 'settle' };
    await expect(ada.put(payeeOf('ada'), sandbox)).rejects.toMatchObject({
      status: 422,
      problem: { errors: [{ pointer: '/rail' }] },
    });
  });

  it('is told of it at the address that it had, once, and waits until it is used', async () => {
    expect(await ada.get(path('/partners/ada'))).not.toHaveProperty('blockedReason');
    const changed = await ada.put<{ changedAt: string; usableFrom: string; payeeId: string }>(payeeOf('ada'), OTHER);
    expect(changed).toMatchObject({ rail: 'bank_file', name: 'Ada', ibanEnding: '3000' });
    expect(Date.parse(changed.usableFrom) - Date.parse(changed.changedAt)).toBe(48 * HOUR_MS);
    expect(await ada.put(payeeOf('ada'), OTHER)).toEqual(changed);

    expect(await ada.get(path('/partners/ada'))).toMatchObject({
      payee: changed,
      blockedReason: 'payee_cooling_down',
      whatToDo: expect.stringContaining(changed.usableFrom),
    });
    const mails = async (): Promise<string> => (await fetch(stack.endpoints.mailboxUrl)).text();
    await eventually(async () => expect(await mails()).toContain(email));
    const inbox = await ada.list<{ kind: string; text: string }>(path('/partners/ada/inbox'));
    expect(inbox.map(({ kind }) => kind)).toEqual(['payee.changed']);
    expect(inbox[0]?.text).toContain('•••• 3000');
    expect((await mails()).split(email)).toHaveLength(2);
  });
});

describe('a partner that nobody has said where to pay', () => {
  it('reads what to do, and is given a payee by staff or by a key, once', async () => {
    const bob = path('/partners/bob');
    expect(await stack.as('finance').get(bob)).toMatchObject({ blockedReason: 'payee_incomplete' });
    const key = stack.as('admin_key');
    const nacha = { rail: 'nacha', name: 'Bob', routingNumber: '021000021', accountNumber: '000123456789' };
    await expect(key.put(payeeOf('bob'), { ...nacha, routingNumber: '021000022' })).rejects.toMatchObject({
      problem: { errors: expect.arrayContaining([{ pointer: '/routingNumber', rule: expect.any(String) }]) },
    });
    const set = await key.put(payeeOf('bob'), { ...nacha, accountType: 'checking' });
    expect(set).toMatchObject({ rail: 'nacha', accountEnding: '6789' });
    await expect(key.put(payeeOf('bob'), OTHER)).rejects.toMatchObject({ code: 'person_required' });
  });
});

describe('bank details at rest', () => {
  it('are in no item of the table, neither readable nor as a hash that could be tried', async () => {
    const client = new DynamoDBClient({
      endpoint: stack.endpoints.dynamodbUrl,
      region: 'us-east-1',
      credentials: { accessKeyId: 'local', secretAccessKey: 'local' },
    });
    const { TableNames = [] } = await client.send(new ListTablesCommand({}));
    const tables = TableNames.filter((name) => /(Partners|Money)[0-9A-F]{8}/.test(name));
    const documents = DynamoDBDocumentClient.from(client);
    const stored = await Promise.all(tables.map((TableName) => documents.send(new ScanCommand({ TableName }))));
    const text = JSON.stringify(stored.map(({ Items }) => Items));
    expect(text).toContain('"sealed"');
    for (const iban of [IBAN_OF_TESTS, OTHER_IBAN]) {
      expect(text).not.toContain(iban.slice(4, -4));
      expect(text).not.toContain(digest(iban));
    }
    expect(text).not.toContain('000123456789');
    client.destroy();
  });
});

describe('npm run sign-in', () => {
  const run = (...args: string[]) => {
    const { status, stdout, stderr } = spawnSync(process.execPath, ['infra/sign-in.ts', ...args], {
      cwd: ROOT,
      encoding: 'utf8',
    });
    return { status, text: `${stdout}${stderr}` };
  };

  it('prints a token that may change bank details, of whoever is named', async () => {
    const { status, text } = run(email, '--data', stack.dataDir);
    expect(status).toBe(0);
    const again = makeApiClient(stack.endpoints.apiUrl, text.trim());
    expect(await again.put(payeeOf('ada'), OTHER)).toMatchObject({ ibanEnding: '3000' });
  });

  it('says what to do without a stack or a name', () => {
    expect(run(email, '--data', join(stack.dataDir, 'none'))).toMatchObject({
      status: 2,
      text: expect.stringContaining('start a local stack'),
    });
    expect(run()).toMatchObject({ status: 2, text: expect.stringContaining('name one person') });
  });
});

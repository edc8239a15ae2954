import { GetObjectCommand, S3Client } from '@aws-sdk/client-s3';
import { BatchGetCommand, GetCommand, QueryCommand } from '@aws-sdk/lib-dynamodb';
import { mockClient } from 'aws-sdk-client-mock';
import { beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { documents } from '#functions/runtime/dynamodb';
import { payoutItem } from '#shared/adapters/dynamodb/money/ledger/payouts';
import { runKey } from '#shared/adapters/dynamodb/money/money-keys';
import { itemOfRun } from '#shared/adapters/dynamodb/money/runs/run-item';
import { anApprovedRun, aPayout, sha256 } from '#test/support/builders/payouts';
import { aProgramme } from '#test/support/builders/runs';

type Answer = { statusCode: number; body: string; headers: Record<string, string> };
type Handler = (event: never, context: unknown) => Promise<Answer>;

const dynamodb = mockClient(documents);
const s3 = mockClient(S3Client);
const handlers = new Map<string, Handler>();

beforeAll(async () => {
  vi.stubEnv('MONEY_TABLE', 'Money');
  vi.stubEnv('PARTNERS_TABLE', 'Partners');
  vi.stubEnv('REFERRALS_TABLE', 'Referrals');
  vi.stubEnv('DOCUMENTS_BUCKET', 'docs');
  vi.stubEnv('CONFIG_TTL_SECONDS', '0');
  vi.stubEnv('AWS_REGION', 'eu-west-1');
  handlers.set('list-payouts', (await import('#functions/payouts/paying/list-payouts')).handler as unknown as Handler);
  handlers.set('get-balance', (await import('#functions/payouts/ledger/get-balance')).handler as unknown as Handler);
  handlers.set(
    'get-liability',
    (await import('#functions/payouts/ledger/get-liability')).handler as unknown as Handler,
  );
  handlers.set(
    'export-ledger',
    (await import('#functions/payouts/ledger/export-ledger')).handler as unknown as Handler,
  );
  handlers.set(
    'list-bank-files',
    (await import('#functions/payouts/paying/list-bank-files')).handler as unknown as Handler,
  );
  handlers.set(
    'get-bank-file',
    (await import('#functions/payouts/paying/get-bank-file')).handler as unknown as Handler,
  );
});
beforeEach(() => {
  dynamodb.reset();
  s3.reset();
  dynamodb.on(QueryCommand).resolves({ Items: [] });
});

const FINANCE = [{ programId: 'acme', role: 'finance' }];
const PARTNER = [{ programId: 'acme', role: 'partner', partnerId: 'p1' }];

function call(
  name: string,
  path: Record<string, string>,
  query: Record<string, string> = {},
  grants: readonly object[] = FINANCE,
): Promise<Answer> {
  const principal = JSON.stringify({ kind: 'person', id: 'person:x', grants });
  const event = {
    pathParameters: { programId: 'acme', ...path },
    queryStringParameters: query,
    headers: {},
    requestContext: { authorizer: { lambda: { principal } } },
  };
  const handler = handlers.get(name);
  if (!handler) throw new Error(`no function ${name}`);
  return handler(event as never, {});
}

describe('GET payouts', () => {
  it('shows a partner its own payouts only, without what is internal', async () => {
    const payout = aPayout({ blockedReason: 'payee_incomplete' });
    const run = anApprovedRun({ status: 'completed' });
    dynamodb.on(GetCommand).resolves({ Item: aProgramme() });
    dynamodb.on(GetCommand, { Key: runKey('acme', run.runId) }).resolves({ Item: itemOfRun(run, 'request') });
    dynamodb
      .on(QueryCommand, { IndexName: 'by-period' })
      .callsFake((input: { ExpressionAttributeValues: Record<string, string> }) =>
        input.ExpressionAttributeValues[':prefix'] === 'po~2026-01.1~p1~'
          ? { Items: [payoutItem(payout)] }
          : { Items: [] },
      );
    const { statusCode, body } = await call('list-payouts', {}, { runId: '2026-01.1' }, PARTNER);
    expect(statusCode).toBe(200);
    expect(JSON.parse(body)).toEqual({
      items: [
        {
          payoutId: 'po~2026-01.1~p1~GBP',
          partnerId: 'p1',
          statementId: '2026-01.1~p1~GBP',
          runId: '2026-01.1',
          currency: 'GBP',
          amountMinor: 12_345,
          status: 'created',
          blockedReason: 'payee_incomplete',
          whatToDo: expect.stringContaining('enter bank details'),
          waitsFor: 'next_approved_run',
          createdAt: '2026-02-02T11:00:00.000Z',
          updatedAt: '2026-02-02T11:00:00.000Z',
        },
      ],
    });
  });

  it('answers 404 to a partner that asks for another', async () => {
    const { statusCode } = await call('list-payouts', {}, { partnerId: 'p2', runId: '2026-01.1' }, PARTNER);
    expect(statusCode).toBe(404);
    expect(dynamodb).not.toHaveReceivedCommand(QueryCommand);
  });

  it('refuses an unknown status by its name', async () => {
    const { statusCode, body } = await call('list-payouts', {}, { status: 'paid' });
    expect(statusCode).toBe(422);
    expect(JSON.parse(body).errors[0].pointer).toBe('query:status');
  });
});

describe('GET balance', () => {
  it.each(
    ['yesterday', '2026-02-30', '2026-01-31T00:00:00', '1979-12-31', '2026-01-31T00:00:00.0001Z'].flatMap((asOf) =>
      (['get-balance', 'get-liability'] as const).map((name) => [asOf, name] as const),
    ),
  )('refuses asOf=%s by one rule, as %s does', async (asOf, name) => {
    const { statusCode, body } = await call(name, name === 'get-balance' ? { partnerId: 'p1' } : {}, { asOf });
    expect(statusCode).toBe(422);
    expect(JSON.parse(body).errors).toEqual([
      {
        pointer: 'query:asOf',
        rule: expect.stringMatching(/^must be a date such as 2026-01-31, .* or a time .* 2099$/),
      },
    ]);
  });

  it('of a partner that does not exist answers 404', async () => {
    dynamodb.on(GetCommand).resolves({});
    expect((await call('get-balance', { partnerId: 'nobody' })).statusCode).toBe(404);
  });

  it('of another partner answers 404 to a partner', async () => {
    expect((await call('get-balance', { partnerId: 'p2' }, {}, PARTNER)).statusCode).toBe(404);
    expect(dynamodb).not.toHaveReceivedCommand(GetCommand);
    expect(dynamodb).not.toHaveReceivedCommand(BatchGetCommand);
  });
});

describe('GET ledger/export', () => {
  it.each([{ format: 'xls' }, { from: '2026-1-1' }, { to: '2026-02-30' }])('refuses %o', async (query) => {
    expect((await call('export-ledger', {}, query as Record<string, string>)).statusCode).toBe(422);
  });

  it('is not for partners', async () => {
    expect((await call('export-ledger', {}, {}, PARTNER)).statusCode).toBe(403);
  });
});

describe('GET bank-files', () => {
  const file = {
    programId: 'acme',
    runId: '2026-01.1',
    currency: 'GBP',
    format: 'pain.001.001.09',
    messageId: 'm',
    documentKey: 'k',
    count: 1,
    controlSumMinor: 12_345,
    sha256: sha256('<xml/>'),
    createdAt: '2026-02-02T11:00:00.000Z',
  };

  it('lists sum, count and digest of each file', async () => {
    dynamodb.on(GetCommand).resolves({ Item: itemOfRun(anApprovedRun(), 'r') });
    dynamodb.on(QueryCommand).resolves({ Items: [file] });
    const { statusCode, body } = await call('list-bank-files', { runId: '2026-01.1' });
    const { programId: _, runId: __, documentKey: ___, ...shown } = file;
    // Files of earlier versions are all of one rail.
    expect([statusCode, JSON.parse(body)]).toEqual([200, { items: [{ ...shown, rail: 'bank_file' }] }]);
  });

  it('hands out a Nacha file as plain text when it is asked for by its rail', async () => {
    dynamodb.on(GetCommand).resolves({ Item: { ...file, currency: 'USD', rail: 'nacha', format: 'nacha' } });
    s3.on(GetObjectCommand).resolves({ Body: { transformToString: async () => '<xml/>' } as never });
    const { headers } = await call('get-bank-file', { runId: '2026-01.1', currency: 'USD' }, { rail: 'nacha' });
    expect(headers).toMatchObject({
      'content-type': 'text/plain',
      'content-disposition': 'attachment; filename="acme-2026-01.1-nacha-USD.ach"',
    });
    expect(dynamodb).toHaveReceivedCommandWith(GetCommand, {
      Key: expect.objectContaining({ sk: 'BANK_FILE#USD#nacha' }) as never,
    });
  });

  it('hands out the file as XML with a name to save it under', async () => {
    dynamodb.on(GetCommand).resolves({ Item: file });
    s3.on(GetObjectCommand).resolves({ Body: { transformToString: async () => '<xml/>' } as never });
    const { statusCode, body, headers } = await call('get-bank-file', { runId: '2026-01.1', currency: 'GBP' });
    expect([statusCode, body]).toEqual([200, '<xml/>']);
    expect(headers).toMatchObject({
      'content-type': 'application/xml',
      'content-disposition': 'attachment; filename="acme-2026-01.1-pain.001-GBP.xml"',
    });
  });

  it.each([
    { runId: '2026-01.1', currency: 'EUR' },
    { runId: '2026-01.1', currency: 'eur' },
    { runId: 'x', currency: 'EUR' },
  ])('answers 404 when there is none: %o', async (path) => {
    dynamodb.on(GetCommand).resolves({});
    expect((await call('get-bank-file', path)).statusCode).toBe(404);
  });

  it('answers 404 for a run id that is none', async () => {
    expect((await call('list-bank-files', { runId: 'x' })).statusCode).toBe(404);
  });
});

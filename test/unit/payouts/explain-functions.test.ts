import { BatchGetCommand, GetCommand, QueryCommand } from '@aws-sdk/lib-dynamodb';
import { mockClient } from 'aws-sdk-client-mock';
import { beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { documents } from '#functions/runtime/dynamodb';
import { conversionItem } from '#shared/adapters/dynamodb/conversion-items';
import { aConversion } from '#test/support/builders/referrals';
import { aHeader, aProgramme } from '#test/support/builders/runs';

type Answer = { statusCode: number; body: string; headers: Record<string, string> };
type Handler = (event: never, context: unknown) => Promise<Answer>;

const dynamodb = mockClient(documents);
let explain: Handler;
let exportCsv: Handler;

beforeAll(async () => {
  vi.stubEnv('MONEY_TABLE', 'Money');
  vi.stubEnv('PARTNERS_TABLE', 'Partners');
  vi.stubEnv('REFERRALS_TABLE', 'Referrals');
  vi.stubEnv('CONFIG_TTL_SECONDS', '0');
  vi.stubEnv('AWS_REGION', 'eu-west-1');
  explain = (await import('#functions/payouts/explain-conversion')).handler as unknown as Handler;
  exportCsv = (await import('#functions/payouts/export-statement')).handler as unknown as Handler;
});
beforeEach(() => {
  dynamodb.reset();
  dynamodb.on(GetCommand).resolves({});
  dynamodb.on(BatchGetCommand).resolves({});
  dynamodb
    .on(GetCommand, { TableName: 'Money', Key: { pk: 'acme#PROGRAM', sk: 'PROGRAM' } })
    .resolves({ Item: aProgramme() });
  dynamodb.on(QueryCommand).resolves({ Items: [] });
  dynamodb
    .on(QueryCommand, { TableName: 'Referrals' })
    .resolves({ Items: [conversionItem(aConversion({ programId: 'acme', amountMinor: 0n }))] });
});

const caller = (role: string, partnerId?: string) => [{ programId: 'acme', role, ...(partnerId ? { partnerId } : {}) }];

function call(handler: Handler, path: Record<string, string>, grants: readonly object[] | undefined): Promise<Answer> {
  const principal = grants && JSON.stringify({ kind: 'person', id: 'person:x', grants });
  const event = {
    pathParameters: { programId: 'acme', ...path },
    headers: {},
    requestContext: { authorizer: { lambda: { principal } } },
  };
  return handler(event as never, {});
}

describe('GET explanation', () => {
  const ask = (grants?: readonly object[]): Promise<Answer> => call(explain, { orderId: 'o1' }, grants);

  it.each(['admin', 'finance', 'approver', 'partner_manager'])('tells %s about any sale', async (role) => {
    const { statusCode, body } = await ask(caller(role));
    expect(statusCode).toBe(200);
    expect(JSON.parse(body)).toMatchObject({ orderId: 'o1', customerId: 'c1', amount: { minor: 0, currency: 'GBP' } });
  });

  it('tells a partner about its own sale, without the customer', async () => {
    const { statusCode, body } = await ask(caller('partner', 'mira'));
    expect(statusCode).toBe(200);
    expect(JSON.parse(body)).not.toHaveProperty('customerId');
  });

  it("answers 404 for another partner's sale and for another tenant's programme", async () => {
    expect((await ask(caller('partner', 'rival'))).statusCode).toBe(404);
    expect((await ask([{ programId: 'other', role: 'admin' }])).statusCode).toBe(404);
  });

  it('refuses a merchant key and a caller without a token', async () => {
    expect((await ask(caller('merchant'))).statusCode).toBe(403);
    expect((await ask()).statusCode).toBe(401);
  });
});

describe('GET statement as CSV', () => {
  const statementId = '2026-01.1~p1~GBP';

  it('answers a file that no cache keeps', async () => {
    dynamodb
      .on(GetCommand, { Key: { pk: `acme#STATEMENT#${statementId}`, sk: 'STATEMENT' } })
      .resolves({ Item: aHeader() });
    const { itemOfRun } = await import('#shared/adapters/dynamodb/run-item');
    const { anApprovedRun } = await import('#test/support/builders/payouts');
    dynamodb
      .on(GetCommand, { Key: { pk: 'acme#RUNS', sk: 'RUN#2026-01.0001' } })
      .resolves({ Item: itemOfRun(anApprovedRun(), 'r') });
    const { statusCode, headers, body } = await call(exportCsv, { statementId }, caller('partner', 'p1'));
    expect([statusCode, headers['content-type']]).toEqual([200, 'text/csv; charset=utf-8; header=present']);
    expect(headers['content-disposition']).toBe('attachment; filename="2026-01.1_p1_GBP.csv"');
    expect(headers['cache-control']).toBe('no-store');
    expect(body).toMatch(/^programme,Acme partners,+\r\n/);
    expect((await call(exportCsv, { statementId }, caller('partner', 'p2'))).statusCode).toBe(404);
  });

  it('answers 404 for an id that is none', async () => {
    expect((await call(exportCsv, { statementId: 'x"y' }, caller('finance'))).statusCode).toBe(404);
  });
});

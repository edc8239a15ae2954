import { BatchGetCommand, GetCommand, QueryCommand } from '@aws-sdk/lib-dynamodb';
import { mockClient } from 'aws-sdk-client-mock';
import { beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { documents } from '#functions/runtime/dynamodb';
import { conversionItem } from '#shared/adapters/dynamodb/referrals/sales/conversion-items';
import { aConversion } from '#test/support/builders/referrals';
import { aHeader, aProgramme } from '#test/support/builders/runs';
import { FONT_FILES, textsOf } from '#test/support/statement-files';

type Answer = { statusCode: number; body: string; headers: Record<string, string>; isBase64Encoded?: boolean };
type Handler = (event: never, context: unknown) => Promise<Answer>;

const dynamodb = mockClient(documents);
let explain: Handler;
let exportCsv: Handler;
let exportPdf: Handler;

beforeAll(async () => {
  vi.stubEnv('MONEY_TABLE', 'Money');
  vi.stubEnv('PARTNERS_TABLE', 'Partners');
  vi.stubEnv('REFERRALS_TABLE', 'Referrals');
  vi.stubEnv('CONFIG_TTL_SECONDS', '0');
  vi.stubEnv('AWS_REGION', 'eu-west-1');
  explain = (await import('#functions/payouts/statements/explain-conversion')).handler as unknown as Handler;
  exportCsv = (await import('#functions/payouts/statements/export-statement')).handler as unknown as Handler;
  // The build puts the fonts' bytes in; here they are read from their package.
  vi.doMock('#functions/payouts/statements/export-statement-fonts', () => ({ FONT_FILES }));
  exportPdf = (await import('#functions/payouts/statements/export-statement-pdf')).handler as unknown as Handler;
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

describe('GET statement as a file', () => {
  const statementId = '2026-01.1~p1~GBP';

  beforeEach(async () => {
    dynamodb
      .on(GetCommand, { Key: { pk: `acme#STATEMENT#${statementId}`, sk: 'STATEMENT' } })
      .resolves({ Item: aHeader() });
    const { itemOfRun } = await import('#shared/adapters/dynamodb/money/runs/run-item');
    const { anApprovedRun } = await import('#test/support/builders/payouts');
    dynamodb
      .on(GetCommand, { Key: { pk: 'acme#RUNS', sk: 'RUN#2026-01.0001' } })
      .resolves({ Item: itemOfRun(anApprovedRun(), 'r') });
    dynamodb
      .on(GetCommand, { TableName: 'Partners', Key: { pk: 'acme#PROFILE#p1', sk: 'PROFILE' } })
      .resolves({ Item: { name: 'Anna Agency' } });
  });

  it('answers a CSV that no cache keeps', async () => {
    const { statusCode, headers, body } = await call(exportCsv, { statementId }, caller('partner', 'p1'));
    expect([statusCode, headers['content-type']]).toEqual([200, 'text/csv; charset=utf-8; header=present']);
    expect(headers['content-disposition']).toBe('attachment; filename="2026-01.1_p1_GBP.csv"');
    expect(headers['cache-control']).toBe('no-store');
    expect(body).toMatch(/^programme,Acme partners,+\r\n/);
    expect(body).toContain('\r\npartner,Anna Agency,');
  });

  it('answers a PDF that no cache keeps', async () => {
    const { statusCode, headers, body, isBase64Encoded } = await call(exportPdf, { statementId }, caller('finance'));
    expect([statusCode, headers['content-type'], isBase64Encoded]).toEqual([200, 'application/pdf', true]);
    expect(headers['content-disposition']).toBe('attachment; filename="2026-01.1_p1_GBP.pdf"');
    expect(headers['cache-control']).toBe('no-store');
    expect((await textsOf(Buffer.from(body, 'base64'))).flat()).toContain('Anna Agency');
  });

  it('asks for the name of the partner alone, never for the address beside it', async () => {
    await call(exportCsv, { statementId }, caller('finance'));
    const asked = dynamodb.commandCalls(GetCommand, { TableName: 'Partners' }).map(({ args }) => args[0].input);
    expect(asked).toMatchObject([{ ProjectionExpression: '#name', ExpressionAttributeNames: { '#name': 'name' } }]);
  });

  it("answers 404 for another partner's statement, for another tenant's and for an id that is none", async () => {
    for (const handler of [exportCsv, exportPdf]) {
      expect((await call(handler, { statementId }, caller('partner', 'p2'))).statusCode).toBe(404);
      expect((await call(handler, { statementId }, [{ programId: 'other', role: 'admin' }])).statusCode).toBe(404);
      expect((await call(handler, { statementId: 'x"y' }, caller('finance'))).statusCode).toBe(404);
      expect((await call(handler, { statementId }, caller('merchant'))).statusCode).toBe(403);
    }
  });
});

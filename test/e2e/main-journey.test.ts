import { readdirSync, readFileSync } from 'node:fs';
import { request } from 'node:http';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { DynamoDBClient, ListTablesCommand } from '@aws-sdk/client-dynamodb';
import { DynamoDBDocumentClient, paginateScan } from '@aws-sdk/lib-dynamodb';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ApiProblem } from '#infra/api-client';
import { type Run, waitForRun } from '#infra/local/demo/runs';
import { eventually } from '#test/support/eventually';
import { type LocalStack, startLocalStack } from '#test/support/local-stack';
import { aPartner, aProgramme, aSale, closePeriod, reviewedRun } from '#test/support/programme';

/** Longer than the local host waits before it delivers an event again. */
const REDELIVERY_MS = 2_500;

let stack: LocalStack;
let programId: string;

beforeAll(async () => {
  stack = await startLocalStack();
  programId = await aProgramme(stack.as('admin'));
});
afterAll(() => stack?.stop());

const refusal = async (attempt: Promise<unknown>): Promise<ApiProblem> => {
  const outcome = await attempt.then(
    () => undefined,
    (error: unknown) => error,
  );
  expect(outcome).toBeInstanceOf(ApiProblem);
  return outcome as ApiProblem;
};

describe('from a shared link to a paid partner', () => {
  it('redirects a click with a token that attributes the sale to the partner', async () => {
    const manager = stack.as('partner_manager');
    await aPartner(manager, programId, 'linker');
    const link = await manager.post<{ slug: string; url: string }>(`/v1/programs/${programId}/links`, {
      partnerId: 'linker',
      destination: 'https://shop.example/landing?ref=1',
    });
    const response = await fetch(new URL(`/r/${link.slug}`, stack.endpoints.apiUrl), {
      redirect: 'manual',
      headers: { 'user-agent': 'Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 Chrome/140.0 Safari/537.36' },
    });
    expect(response.status).toBe(302);
    const location = new URL(response.headers.get('location') as string);
    expect(location.origin).toBe('https://shop.example');
    expect(location.searchParams.get('ref')).toBe('1');

    const sale = await aSale(stack.as('merchant_key'), programId, 'by-click', 2_000, {
      occurredAt: new Date(Date.now() + 1_000).toISOString(),
      clickToken: location.searchParams.get('ts_click'),
    });
    expect(sale.partnerId).toBe('linker');

    await eventually(async () => {
      const links = await manager.list<{ slug: string; clicks?: number }>(
        `/v1/programs/${programId}/links?partnerId=linker`,
      );
      expect(JSON.stringify(links)).toMatch(/"clicks":\s*1\b|"total":\s*1\b/);
    });
    const series = await manager.get<{ items: unknown[] }>(`/v1/programs/${programId}/links/${link.slug}/clicks`);
    expect(series.items).toEqual([{ at: expect.any(String), clicks: 1, visitors: 1, bots: 0, prefetches: 0 }]);
  });

  it('redeems a code once a customer and attributes the sale by code', async () => {
    const manager = stack.as('partner_manager');
    const merchant = stack.as('merchant_key');
    await aPartner(manager, programId, 'coder');
    const { code } = await manager.post<{ code: string }>(`/v1/programs/${programId}/codes`, { partnerId: 'coder' });
    const redeem = (): Promise<{ redemptionId: string; status: string }> =>
      merchant.post(`/v1/programs/${programId}/redemptions`, { code, customerId: 'shopper' });
    const first = await redeem();
    expect(first.status).toBe('reserved');
    expect((await redeem()).redemptionId).toBe(first.redemptionId);
    const confirmed = await merchant.post<{ status: string }>(
      `/v1/programs/${programId}/redemptions/${first.redemptionId}/confirm`,
      {},
    );
    expect(confirmed.status).toBe('confirmed');
    const sale = await aSale(merchant, programId, 'by-code', 3_000, { customerId: 'shopper', code });
    expect(sale.partnerId).toBe('coder');
  });

  it('keeps a sale that nobody can claim', async () => {
    const sale = await aSale(stack.as('merchant_key'), programId, 'unclaimed', 700);
    expect(sale.partnerId).toBeNull();
  });

  it('records the same order once, and refuses it with other content', async () => {
    const merchant = stack.as('merchant_key');
    const first = await aSale(merchant, programId, 'twice', 1_000, { partnerId: 'coder' });
    expect(await aSale(merchant, programId, 'twice', 1_000, { partnerId: 'coder' })).toEqual(first);
    const problem = await refusal(aSale(merchant, programId, 'twice', 1_001, { partnerId: 'coder' }));
    expect([problem.status, problem.code]).toEqual([409, 'conversion_conflict']);
  });

  it('answers a repeated Idempotency-Key with the first result, and refuses it with another body', async () => {
    const admin = stack.as('admin');
    const post = (name: string): Promise<{ programId: string }> =>
      admin.post(
        '/v1/programs',
        { name, currency: 'EUR', timeZone: 'Europe/Berlin', holdDays: 14, minimumPayoutMinor: 5_000 },
        { idempotencyKey: 'one-programme' },
      );
    const first = await post('Berlin');
    expect((await post('Berlin')).programId).toBe(first.programId);
    const problem = await refusal(post('Another'));
    expect([problem.status, problem.code]).toEqual([422, 'idempotency_key_reused']);
  });

  it('closes January: another hash, the opener and one person twice are refused; two others approve', async () => {
    const finance = stack.as('finance');
    const path = `/v1/programs/${programId}/payout-runs`;
    const early = await refusal(finance.post(path, { period: '2026-02' }));
    expect([early.status, early.problem.duePeriod]).toEqual([409, '2026-01']);

    const run = await reviewedRun(stack, programId, '2026-01');
    const again = await refusal(finance.post(path, { period: '2026-01' }));
    expect([again.status, again.problem.runId]).toEqual([409, run.runId]);

    const decide = (who: Parameters<LocalStack['as']>[0], contentHash = run.contentHash): Promise<unknown> =>
      stack.as(who).post(`${path}/${run.runId}/decisions`, { decision: 'approve', contentHash });
    expect((await refusal(decide('approver', '0'.repeat(64)))).code).toBe('content_hash_mismatch');
    expect((await refusal(decide('finance'))).code).toBe('approver_excluded');
    expect((await refusal(decide('merchant_key'))).status).toBe(403);
    expect((await refusal(decide('admin_key'))).code).toBe('person_required');
    await decide('approver');
    expect((await refusal(decide('approver'))).code).toBe('already_decided');
    await decide('approver2');
    const done = await waitForRun(finance, programId, run.runId, ['completed']);

    const statements = await finance.list<Record<string, number & string>>(
      `/v1/programs/${programId}/statements?period=2026-01`,
    );
    const coder = statements.find((statement) => statement.partnerId === ('coder' as never));
    // 10 % of 30.00 and of 10.00, and the fee of 5.00 for each of the two new customers.
    expect(coder?.payableMinor).toBe(300 + 100 + 2 * 500);
    const payables = statements.reduce((sum, statement) => sum + Number(statement.payableMinor), 0);
    const files = await finance.get<{ items: { currency: string; controlSumMinor: number }[] }>(
      `${path}/${run.runId}/bank-files`,
    );
    expect(files.items.map((file) => file.controlSumMinor)).toEqual([payables]);
    const xml = await finance.text(`${path}/${run.runId}/bank-files/GBP`);
    expect(xml).toContain('urn:iso:std:iso:20022:tech:xsd:pain.001.001.09');
    const decimal = `${Math.trunc(payables / 100)}.${String(payables % 100).padStart(2, '0')}`;
    expect(xml.match(/<CtrlSum>[^<]*<\/CtrlSum>/g)).toEqual([
      `<CtrlSum>${decimal}</CtrlSum>`,
      `<CtrlSum>${decimal}</CtrlSum>`,
    ]);
    expect(done.status).toBe('completed');
  });

  it('claws back in February what was refunded after January was closed', async () => {
    await stack.as('merchant_key').post(`/v1/programs/${programId}/refunds`, {
      refundId: 'late',
      orderId: 'by-code',
      occurredAt: '2026-01-20T12:00:00Z',
      amountMinor: 3_000,
      kind: 'refund',
    });
    await closePeriod(stack, programId, '2026-02');
    const { items } = await stack
      .as('finance')
      .get<{ items: Record<string, number>[] }>(`/v1/programs/${programId}/statements?period=2026-02&partnerId=coder`);
    expect(items[0]).toMatchObject({ clawbackMinor: -800, payableMinor: 0, closingBalanceMinor: -800 });
  });

  it('rejects a run, reopens the month, takes the correction and closes it again as attempt 2', async () => {
    const finance = stack.as('finance');
    const run = await reviewedRun(stack, programId, '2026-03');
    await stack.as('approver').post(`/v1/programs/${programId}/payout-runs/${run.runId}/decisions`, {
      decision: 'reject',
      contentHash: run.contentHash,
      comment: 'A sale is missing',
    });
    await waitForRun(finance, programId, run.runId, ['rejected']);
    const sale = await aSale(stack.as('merchant_key'), programId, 'missing', 5_000, {
      partnerId: 'coder',
      customerId: 'shopper',
      occurredAt: '2026-03-10T10:00:00Z',
    });
    expect(sale.period).toBe('2026-03');
    const second = await closePeriod(stack, programId, '2026-03');
    expect(second.attempt).toBe(2);
    const { items } = await finance.get<{ items: Record<string, number>[] }>(
      `/v1/programs/${programId}/statements?period=2026-03&partnerId=coder`,
    );
    expect(items[0]).toMatchObject({ earnedMinor: 500, openingBalanceMinor: -800, closingBalanceMinor: -300 });
  });

  it('exports a journal whose payables are what the partners are owed', async () => {
    const journal = await stack.as('finance').text(`/v1/programs/${programId}/ledger/export?format=hledger`);
    expect(journal).toContain('partner:coder:payable');
  });
});

describe('the sandbox rail', () => {
  it('settles, fails and returns payouts, and what came back is owed again', async () => {
    const program = await aProgramme(stack.as('admin'));
    const manager = stack.as('partner_manager');
    for (const behaviour of ['settle', 'fail', 'return']) {
      await aPartner(manager, program, behaviour, { payee: { rail: 'sandbox', name: behaviour, behaviour } });
      await aSale(stack.as('merchant_key'), program, `sale-${behaviour}`, 10_000, { partnerId: behaviour });
    }
    const run: Run = await closePeriod(stack, program, '2026-01');
    const finance = stack.as('finance');
    await eventually(async () => {
      const payouts = await finance.list<{ partnerId: string; status: string }>(
        `/v1/programs/${program}/payouts?runId=${run.runId}`,
      );
      expect(Object.fromEntries(payouts.map(({ partnerId, status }) => [partnerId, status]))).toEqual({
        settle: 'settled',
        fail: 'failed',
        return: 'returned',
      });
    });
    const owed = async (partnerId: string): Promise<number> => {
      const { balances } = await finance.get<{ balances: { payableMinor: number; reservedMinor: number }[] }>(
        `/v1/programs/${program}/partners/${partnerId}/balance`,
      );
      return (balances[0]?.payableMinor ?? 0) - (balances[0]?.reservedMinor ?? 0);
    };
    expect([await owed('settle'), await owed('fail'), await owed('return')]).toEqual([0, 1_500, 1_500]);
    const told = async (partnerId: string): Promise<readonly string[]> => {
      const inbox = await manager.list<{ kind: string }>(`/v1/programs/${program}/partners/${partnerId}/inbox`);
      return inbox.map(({ kind }) => kind).sort();
    };
    await eventually(async () => {
      expect(await told('settle')).toEqual(['payout.approved', 'payout.paid', 'statement.ready']);
      expect(await told('fail')).toEqual(['payout.approved', 'payout.failed', 'statement.ready']);
    });
  });
});

describe('tiers and notices', () => {
  it('tells a partner once, by mail and inbox, when a person assigns a tier', async () => {
    const program = await aProgramme(stack.as('admin'));
    const manager = stack.as('partner_manager');
    await aPartner(manager, program, 'riser');
    await manager.post(`/v1/programs/${program}/partners/riser/tiers`, {
      tier: 'certified',
      from: '2026-02-01T00:00:00Z',
      reason: 'Passed the training',
    });
    const told = async (): Promise<{ inbox: number; mails: number }> => {
      const inbox = await manager.list(`/v1/programs/${program}/partners/riser/inbox`);
      const mailbox = await (await fetch(stack.endpoints.mailboxUrl)).text();
      return { inbox: inbox.length, mails: mailbox.split(`riser.${program}@partners.example`).length - 1 };
    };
    await eventually(async () => expect(await told()).toEqual({ inbox: 1, mails: 1 }));
    // A second notice would follow from a redelivery: give it the time to come.
    await pause(REDELIVERY_MS);
    expect(await told()).toEqual({ inbox: 1, mails: 1 });
  });

  it("keeps partners' balances from a merchant's key", async () => {
    const merchant = stack.as('merchant_key');
    const problem = await refusal(merchant.get(`/v1/programs/${programId}/partners/coder/balance`));
    expect(problem.status).toBe(403);
  });
});

describe('personal data', () => {
  const EMAIL = /[\w.+-]+@[\w-]+\.[a-z]{2,}/i;
  /** Another address of this machine than the one it is served at, so that a visitor's can be told apart. */
  const VISITOR = '127.0.0.77';

  /** A browser somewhere else. */
  const visit = (path: string): Promise<number | undefined> =>
    new Promise((resolve, reject) => {
      const options = {
        localAddress: VISITOR,
        headers: { 'user-agent': 'Mozilla/5.0 Firefox/140.0 eve@mail.example' },
      };
      request(new URL(path, stack.endpoints.apiUrl), options, (response) => {
        response.resume().once('end', () => resolve(response.statusCode));
      })
        .once('error', reject)
        .end();
    });

  it('of partners is in their table alone, and of customers nowhere: no address, no e-mail, no log line', async () => {
    const manager = stack.as('partner_manager');
    const merchant = stack.as('merchant_key');
    await aPartner(manager, programId, 'careful');
    const base = `/v1/programs/${programId}`;
    await manager.post(`${base}/links`, {
      partnerId: 'careful',
      slug: 'careful',
      destination: 'https://shop.example/',
    });
    const { code } = await manager.post<{ code: string }>(`${base}/codes`, { partnerId: 'careful' });
    expect(await visit('/r/careful?sub1=eve%40mail.example')).toBe(302);
    expect(await visit(`/c/${code}`)).toBe(200);
    expect(await visit('/l/careful?sub2=eve%40mail.example')).toBe(200);
    await merchant.post(`${base}/redemptions`, { code, customerId: 'eve@mail.example' });
    const { customerId } = await aSale(merchant, programId, 'careful-1', 1_000, {
      customerId: 'Eve@mail.example',
      code,
    });
    expect(customerId).not.toContain('@');
    // An agent that carries an address is a machine's.
    await eventually(async () => {
      expect(JSON.stringify(await manager.get(`${base}/links?partnerId=careful`))).toMatch(/"bots":\s*1\b/);
    });

    const documents = DynamoDBDocumentClient.from(
      new DynamoDBClient({
        endpoint: stack.endpoints.dynamodbUrl,
        region: 'us-east-1',
        credentials: { accessKeyId: 'local', secretAccessKey: 'local' },
      }),
    );
    const { TableNames = [] } = await documents.send(new ListTablesCommand({}));
    const seen: string[] = [];
    for (const TableName of TableNames) {
      for await (const { Items = [] } of paginateScan({ client: documents }, { TableName })) {
        for (const item of Items) {
          const text = JSON.stringify(item, (_, value) => (typeof value === 'bigint' ? String(value) : value));
          if (text.includes(VISITOR)) seen.push(`${TableName}: ${text}`);
          if (EMAIL.test(text)) seen.push(`${TableName}: ${text}`);
        }
      }
    }
    const isOfPartners = (line: string): boolean => line.split(':')[0]?.includes('Partners') === true;
    expect(TableNames.length).toBeGreaterThanOrEqual(3);
    expect(seen.filter(isOfPartners).length).toBeGreaterThan(0);
    expect(seen.filter((line) => !isOfPartners(line) || line.includes(VISITOR))).toEqual([]);

    const logs = readdirSync(join(stack.dataDir, 'logs')).map((name) => join(stack.dataDir, 'logs', name));
    const lines = logs.flatMap((file) => readFileSync(file, 'utf8').split('\n'));
    expect(lines.some((line) => line.includes('"type":"click"'))).toBe(true);
    expect(lines.filter((line) => EMAIL.test(line) || line.includes(VISITOR))).toEqual([]);
  });
});

import { spawnSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { DynamoDBClient, ListTablesCommand } from '@aws-sdk/client-dynamodb';
import { DynamoDBDocumentClient, GetCommand, PutCommand, QueryCommand } from '@aws-sdk/lib-dynamodb';
import { beforeAll, describe, expect, it } from 'vitest';
import {
  adjustmentKey,
  auditRecordKey,
  LINES_SK_PREFIX,
  nothingPageSk,
  planKey,
  programKey,
  statementPk,
} from '#shared/adapters/dynamodb/money/money-keys';
import type { AuditRecord } from '#shared/domain/audit/audit-chain';
import { eventually } from '#test/support/eventually';
import { type SharedStack, sharedLocalStack } from '#test/support/local-stack';
import { aPartner, aProgramme, aSale, closePeriod } from '#test/support/programme';

const ROOT = join(import.meta.dirname, '../..');
const SANDBOX = { rail: 'sandbox', name: 'Sandbox', behaviour: 'settle' };
/** The programme, the plan, two partners' terms, tiers and payees, a change of one, an adjustment, two approvals, and a payout submitted and settled. */
const RECORDS = 15;

type Item = Record<string, unknown>;
type Trail = { items: AuditRecord[]; head: { sequence: number; hash: string } };

let stack: SharedStack;
let programId: string;
let documents: DynamoDBDocumentClient;
let tableName: string;
let booth: string;

const trail = (query = 'order=oldest'): Promise<Trail> =>
  stack.as('approver').get(`/v1/programs/${programId}/audit-trail?${query}`);

const exported = (): Promise<string> => stack.as('finance').text(`/v1/programs/${programId}/audit-trail/export`);

async function changePayee(partnerId: string): Promise<void> {
  const { token } = stack.endpoints.people.find(({ role }) => role === 'partner_manager') ?? {};
  const answer = await fetch(new URL(`/v1/programs/${programId}/partners/${partnerId}/payee`, stack.endpoints.apiUrl), {
    method: 'PUT',
    headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
    body: JSON.stringify(SANDBOX),
  });
  expect(answer.status).toBe(200);
}

function run(script: string, ...args: string[]): { status: number | null; text: string } {
  const { status, stdout, stderr } = spawnSync(process.execPath, [`infra/${script}.ts`, ...args], {
    cwd: ROOT,
    encoding: 'utf8',
  });
  return { status, text: `${stdout}${stderr}` };
}
const verify = (...args: string[]) => run('verify', ...args);
const verifyTables = () => verify('--program', programId, '--data', stack.dataDir);
const verifyFile = (text: string, ...more: string[]) => {
  const file = join(stack.dataDir, 'trail.jsonl');
  writeFileSync(file, text);
  return verify('--audit', file, ...more);
};

/** What the proof says while one stored item has another value. */
async function provedWith(key: { pk: string; sk: string }, change: (item: Item) => Item): Promise<string> {
  const { Item: item } = await documents.send(new GetCommand({ TableName: tableName, Key: key }));
  if (!item) throw new Error(`nothing is stored at ${key.pk} ${key.sk}`);
  await documents.send(new PutCommand({ TableName: tableName, Item: change(item) }));
  const { status, text } = verifyTables();
  await documents.send(new PutCommand({ TableName: tableName, Item: item }));
  expect(status, text).toBe(1);
  return text;
}

beforeAll(async () => {
  stack = await sharedLocalStack();
  // The changed payee is paid in the same minute.
  programId = await aProgramme(stack.as('admin'), { payouts: { payeeCooldownHours: 0 } });
  const manager = stack.as('partner_manager');
  await aPartner(manager, programId, 'p1');
  await aPartner(manager, programId, 'p2', { payee: SANDBOX });
  await changePayee('p1');
  await aSale(stack.as('merchant_key'), programId, 'o1', 20_000, { partnerId: 'p1' });
  await aSale(stack.as('merchant_key'), programId, 'free', 0, { partnerId: 'p1' });
  ({ adjustmentId: booth } = await stack
    .as('finance')
    .post<{ adjustmentId: string }>(`/v1/programs/${programId}/adjustments`, {
      partnerId: 'p1',
      amountMinor: 2_500,
      currency: 'GBP',
      occurredAt: '2026-01-20T00:00:00Z',
      reason: 'Fair booth',
    }));
  await closePeriod(stack, programId, '2026-01');
  const client = new DynamoDBClient({
    endpoint: stack.endpoints.dynamodbUrl,
    region: 'us-east-1',
    credentials: { accessKeyId: 'local', secretAccessKey: 'local' },
  });
  documents = DynamoDBDocumentClient.from(client);
  const { TableNames = [] } = await client.send(new ListTablesCommand({}));
  tableName = TableNames.find((name) => /Money[0-9A-F]{8}/.test(name)) ?? '';
}, 120_000);

describe('the audit trail', () => {
  it('holds each act once, linked, with who and when', async () => {
    await eventually(async () => expect((await trail()).items).toHaveLength(RECORDS));
    const { items } = await trail();
    expect(items.map(({ kind }) => kind).sort()).toEqual([
      'adjustment.recorded',
      'agreement.recorded',
      'agreement.recorded',
      'payee.changed',
      'payee.changed',
      'payee.changed',
      'payout.settled',
      'payout.submitted',
      'plan.published',
      'program.created',
      'run.decided',
      'run.decided',
      'run.opened',
      'tier.assigned',
      'tier.assigned',
    ]);
    expect(items.map(({ previousHash }) => previousHash).slice(1)).toEqual(items.slice(0, -1).map(({ hash }) => hash));
    expect(JSON.stringify(items)).not.toContain('NWBK');
    const newest = await trail('order=newest&limit=1');
    expect(newest).toMatchObject({ items: [items.at(-1)], head: { sequence: RECORDS, hash: items.at(-1)?.hash } });
  });

  it('is verified from its export alone, and names the record that was changed', async () => {
    const text = await exported();
    const kept = (JSON.parse(text.split('\n')[3] ?? '') as AuditRecord).hash;
    const whole = verifyFile(text, '--head', kept);
    expect(whole, whole.text).toMatchObject({
      status: 0,
      text: expect.stringContaining(`${RECORDS} records, every link holds`),
    });
    // The amount, and not the same digits in some hash.
    const forged = verifyFile(text.replace(/(amountMinor\W+)2500/, (_, before: string) => `${before}9500`));
    expect(forged).toMatchObject({
      status: 1,
      text: expect.stringMatching(/^record \d+ \(adjustment.recorded [^)]+\): hash is/),
    });
  });

  it('agrees with what is stored, and so does every statement', () => {
    const { status, text } = verifyTables();
    expect(text).toContain(`${RECORDS} audit records: all equal`);
    expect(status).toBe(0);
    const recorded = run('record-audit', '--program', programId, '--data', stack.dataDir);
    expect(recorded).toMatchObject({
      status: 0,
      text: `${RECORDS} effects are stored; 0 had no record and have one now\n`,
    });
  });

  it('is compared with a plan, an adjustment, a record, a line and a reason: one flipped digit is named', async () => {
    const plan = await provedWith(planKey(programId, 1), (item) => ({
      ...item,
      components: String(item.components).replace('1000', '1001'),
    }));
    expect(plan).toMatch(/^audit plan.published 1: record \d+, components: stored .*1000.* recomputed .*1001/m);

    const program = await provedWith(programKey(programId), (item) => ({ ...item, approvals: { required: 1 } }));
    expect(program).toMatch(/^audit program.created \S+: record \d+, approvals: stored .*2.*, recomputed .*1.*$/m);
    expect(program).toMatch(/^run 2026-01.1: approvalsRequired: stored 2, recomputed 1$/m);

    const adjustment = await provedWith(adjustmentKey(programId, booth), (item) => ({ ...item, amountMinor: 2_501 }));
    expect(adjustment).toMatch(
      /^audit adjustment.recorded \S+: record \d+, amountMinor: stored 2500, recomputed 2501$/m,
    );

    const hidden = await provedWith(
      adjustmentKey(programId, booth),
      ({ periodPk: _, periodSk: __, ...item }: Item): Item => item,
    );
    expect(hidden).toMatch(/^audit adjustment.recorded \S+: index key periodPk: stored none, recomputed /m);

    const { items } = await trail();
    const settled = items.find(({ kind }) => kind === 'payout.settled');
    const record = await provedWith(auditRecordKey(programId, settled?.sequence ?? 0), (item) => ({
      ...item,
      content: String(item.content).replace(/"amountMinor":\d/, '"amountMinor":9'),
    }));
    expect(record).toMatch(
      new RegExp(`^audit record ${settled?.sequence} \\(payout.settled [^)]+\\): hash: stored`, 'm'),
    );

    const { Items: pages = [] } = await documents.send(
      new QueryCommand({
        TableName: tableName,
        KeyConditionExpression: 'pk = :pk AND begins_with(sk, :sk)',
        ExpressionAttributeValues: { ':pk': statementPk(programId, '2026-01.1~p1~GBP'), ':sk': LINES_SK_PREFIX },
      }),
    );
    const page = pages.find(({ lines }) => String(lines).includes('2000')) as { pk: string; sk: string };
    const line = await provedWith({ pk: page.pk, sk: page.sk }, (item) => ({
      ...item,
      lines: String(item.lines).replace('2000', '2001'),
    }));
    expect(line).toMatch(/^statement 2026-01.1~p1~GBP: line 1, .*o1, /m);

    const reason = await provedWith({ pk: page.pk, sk: nothingPageSk(1) }, (item) => ({
      ...item,
      nothing: String(item.nothing).replace(/"\w+"\]\]$/, '"no_tier"]]'),
    }));
    expect(reason).toMatch(/^statement 2026-01.1~p1~GBP: why free earned nothing.*: stored no_tier, recomputed /m);

    expect(verifyTables()).toMatchObject({ status: 0 });
  });
});

import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { DynamoDBClient, ListTablesCommand } from '@aws-sdk/client-dynamodb';
import { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import { beforeAll, describe, expect, it } from 'vitest';
import { type ApiClient, ApiProblem } from '#infra/api-client';
import { makeDisputeStore } from '#shared/adapters/dynamodb/partners/disputes';
import { makeEscalateDisputes } from '#shared/application/partners/escalate-disputes';
import type { Program } from '#shared/application/programs';
import { eventually } from '#test/support/eventually';
import { type SharedStack, sharedLocalStack } from '#test/support/local-stack';
import { asPartner } from '#test/support/partner-token';
import { aPartner, aProgramme, aSale, closePeriod } from '#test/support/programme';

const DAY_MS = 86_400_000;
const CONTACT = 'escalations@shop.example';

type Dispute = {
  readonly disputeId: string;
  readonly order?: string;
  readonly status: string;
  readonly answerBy: string;
  readonly decision?: Record<string, unknown>;
  readonly effect?: Record<string, unknown>;
};

let stack: SharedStack;
let programId: string;
let mira: ApiClient;
let noor: ApiClient;

beforeAll(async () => {
  stack = await sharedLocalStack();
  programId = await aProgramme(stack.as('admin'), {
    controls: { disputeAnswerDays: 3, adjustmentLimitMinor: 1_000 },
  });
  await stack.as('admin').put(`/v1/programs/${programId}/escalation-contact`, { email: CONTACT });
  for (const partnerId of ['mira', 'noor']) await aPartner(stack.as('partner_manager'), programId, partnerId);
  mira = await asPartner(stack, `mira.${programId}@partners.example`);
  noor = await asPartner(stack, `noor.${programId}@partners.example`);
  const merchant = stack.as('merchant_key');
  await aSale(merchant, programId, 'unclaimed', 10_000);
  await aSale(merchant, programId, 'bought-herself', 4_000, { partnerId: 'mira', customerId: 'mira' });
  await closePeriod(stack, programId, '2026-01');
});

const at = (path = ''): string => `/v1/programs/${programId}/disputes${path}`;
const file = (api: ApiClient, orderId: string, more: Record<string, unknown> = {}): Promise<Dispute> =>
  api.post(`/v1/programs/${programId}/partners/mira/disputes`, {
    orderId,
    kind: 'missing',
    statement: 'I sent this customer.',
    ...more,
  });
const refusal = async (attempt: Promise<unknown>): Promise<ApiProblem> => {
  const outcome = await attempt.then(
    () => undefined,
    (error: unknown) => error,
  );
  expect(outcome).toBeInstanceOf(ApiProblem);
  return outcome as ApiProblem;
};
const becomes = (api: ApiClient, disputeId: string, expected: Record<string, unknown>): Promise<void> =>
  eventually(async () => expect(await api.get<Dispute>(at(`/${disputeId}`))).toMatchObject(expected));
const mails = async (): Promise<string> => (await fetch(stack.endpoints.mailboxUrl)).text();

describe('a dispute', () => {
  it('about an unattributed sale of a closed month gives it to the partner from the next open one', async () => {
    const dispute = await file(mira, 'unclaimed', {
      evidence: [{ kind: 'url', value: 'https://mail.example/thread/1' }],
      expectedAmountMinor: 1_000,
      currency: 'GBP',
    });
    expect([dispute.status, dispute.order]).toEqual(['open', undefined]);
    const { disputeId } = dispute;
    const again = await refusal(file(mira, 'unclaimed'));
    expect([again.status, again.code, again.problem.disputeId]).toEqual([409, 'dispute_open', disputeId]);
    expect((await refusal(noor.get(at(`/${disputeId}`)))).status).toBe(404);
    expect((await refusal(file(noor, 'unclaimed'))).status).toBe(404);

    const manager = stack.as('partner_manager');
    await manager.post(at(`/${disputeId}/messages`), { text: 'No other partner claims it', internal: true });
    await mira.post(at(`/${disputeId}/messages`), { text: 'The invoice names me' });
    expect(await mira.get(at(`/${disputeId}`))).toMatchObject({ messages: [{ text: 'The invoice names me' }] });
    expect((await manager.list<Dispute>(at()))[0]).toMatchObject({ disputeId, order: 'recorded' });

    await manager.post(at(`/${disputeId}/decisions`), {
      outcome: 'accepted',
      remedy: { reattribute: true },
      explanation: 'Your evidence holds.',
    });
    await becomes(mira, disputeId, { status: 'carried_out', effect: { kind: 'reattribution', period: '2026-02' } });
    const sale = await stack.as('merchant_key').get(`/v1/programs/${programId}/conversions/unclaimed`);
    expect(sale).toMatchObject({
      partnerId: 'mira',
      period: '2026-02',
      attribution: { why: 'no_touch' },
      reattributions: [{ disputeId, before: { partnerId: null, period: '2026-01' } }],
    });
    const told = await mira.get<{ story: string[] }>(`/v1/programs/${programId}/conversions/unclaimed/explanation`);
    expect(told.story.join(' ')).toContain(`dispute ${disputeId} was decided so`);
  });

  it('about an order that is not recorded is made good by an adjustment, above the limit by two people', async () => {
    const finance = stack.as('finance');
    const [small, large] = [await file(mira, 'never-seen'), await file(mira, 'nor-this')];
    const bySomebodyWithoutMoney = await file(mira, 'nor-that');
    expect(await finance.get(at(`/${small.disputeId}`))).toMatchObject({ order: 'not_recorded' });
    for (const [{ disputeId }, amountMinor, person] of [
      [small, 600, finance],
      [large, 5_000, finance],
      [bySomebodyWithoutMoney, 1, stack.as('partner_manager')],
    ] as const)
      await person.post(at(`/${disputeId}/decisions`), {
        outcome: 'partly_accepted',
        remedy: { adjustment: { amountMinor, currency: 'GBP' } },
        explanation: 'The shop confirms it.',
      });
    await becomes(mira, small.disputeId, { status: 'carried_out', effect: { state: 'recorded', period: '2026-02' } });
    for (const { disputeId } of [large, bySomebodyWithoutMoney])
      await becomes(mira, disputeId, { status: 'decided', effect: { state: 'proposed', waitsFor: 'second_person' } });
    const { effect } = await finance.get<Dispute>(at(`/${large.disputeId}`));
    const adjustment = `/v1/programs/${programId}/adjustments/${String(effect?.adjustmentId)}`;
    expect(await finance.get(adjustment)).toMatchObject({ links: { disputeId: large.disputeId } });
    await stack.as('admin').post(`${adjustment}/decisions`, { decision: 'approve' });
    await becomes(mira, large.disputeId, { status: 'carried_out', effect: { state: 'recorded' } });

    // Who approves reads the dispute behind it; declined, the partner is told that it comes to nothing.
    const approver = stack.as('approver');
    const proposed = await approver.get<Dispute>(at(`/${bySomebodyWithoutMoney.disputeId}`));
    const path = `/v1/programs/${programId}/adjustments/${String(proposed.effect?.adjustmentId)}`;
    expect(await stack.as('partner_manager').get(path)).toMatchObject({ status: 'proposed' });
    await approver.post(`${path}/decisions`, { decision: 'decline', comment: 'Not ours' });
    await becomes(mira, bySomebodyWithoutMoney.disputeId, { status: 'failed' });

    // The sale turns up after all: it is paid already, which staff read in any other dispute about it.
    await aSale(stack.as('merchant_key'), programId, 'nor-this', 2_000);
    const move = (more: Record<string, unknown> = {}): Promise<unknown> =>
      finance.post(`/v1/programs/${programId}/conversions/nor-this/reattribution`, {
        partnerId: 'noor',
        reason: 'It came through noor, too',
        ...more,
      });
    const paid = { reason: 'dispute_adjusted', disputeIds: [large.disputeId] };
    expect((await refusal(move())).problem).toMatchObject(paid);
    await move({ despiteAdjustment: true });
    expect(await finance.get(at(`/${large.disputeId}`))).toMatchObject({
      sameOrder: { disputes: [], reattributions: [{ fromPartnerId: null, toPartnerId: 'noor', period: '2026-02' }] },
    });
    expect(await mira.get(at(`/${large.disputeId}`))).not.toHaveProperty('sameOrder');
  });

  it('is not decided by what cannot be: staff read why, and the partner is told nothing of it', async () => {
    const finance = stack.as('finance');
    const { disputeId } = await file(mira, 'bought-herself', { kind: 'declined' });
    const decide = (remedy: unknown): Promise<Dispute> =>
      finance.post(at(`/${disputeId}/decisions`), { outcome: 'accepted', remedy, explanation: 'It shall be yours.' });
    for (const [remedy, pointer] of [
      [{ reattribute: true }, '/remedy/reattribute'],
      [{ adjustment: { amountMinor: 100, currency: 'EUR' } }, '/remedy/adjustment/currency'],
      [{}, '/remedy'],
    ] as const) {
      const { status, problem } = await refusal(decide(remedy));
      expect([status, problem.errors]).toEqual([422, [expect.objectContaining({ pointer })]]);
    }
    expect(await mira.get<Dispute>(at(`/${disputeId}`))).toMatchObject({ status: 'open', order: 'yours' });
    await finance.post(at(`/${disputeId}/decisions`), { outcome: 'declined', explanation: 'It is your own purchase.' });
    // Another partner may have it: January keeps what it has read.
    const moved = await stack
      .as('partner_manager')
      .post<Record<string, unknown>>(`/v1/programs/${programId}/conversions/bought-herself/reattribution`, {
        partnerId: 'noor',
        reason: 'Noor advised her',
      });
    expect(moved).toMatchObject({ partnerId: 'noor', period: '2026-02', outcome: 'attributed' });
    const refused = await refusal(
      stack.as('partner_manager').post(`/v1/programs/${programId}/conversions/bought-herself/reattribution`, {
        partnerId: 'mira',
        reason: 'Back again',
      }),
    );
    expect([refused.status, refused.problem.reason]).toEqual([409, 'self_referral']);
  });

  it('is not decided by who filed it; declined, it says why and may be filed again', async () => {
    const manager = stack.as('partner_manager');
    const { disputeId } = await file(manager, 'doubtful');
    const decline = (api: ApiClient): Promise<Dispute> =>
      api.post(at(`/${disputeId}/decisions`), { outcome: 'declined', explanation: 'The customer was here before.' });
    expect((await refusal(decline(manager))).code).toBe('own_dispute');
    expect((await refusal(decline(mira))).status).toBe(403);
    await decline(stack.as('finance'));
    expect(await mira.get(at(`/${disputeId}`))).toMatchObject({
      status: 'declined',
      decision: { explanation: 'The customer was here before.' },
    });
    const second = await file(mira, 'doubtful');
    await mira.post(at(`/${second.disputeId}/withdrawal`), {});
  });

  it('is paid by the next statement, whose lines name it', async () => {
    await closePeriod(stack, programId, '2026-02');
    const [statement] = await mira.list<Record<string, unknown>>(
      `/v1/programs/${programId}/statements?period=2026-02&partnerId=mira`,
    );
    // 10 % of 100.00 and the fee of a new customer; 6.00 and 50.00 by adjustment.
    expect(statement).toMatchObject({ earnedMinor: 1_500, adjustmentMinor: 5_600, payableMinor: 7_100 });
    const lines = await mira.list<{ kind: string; calculation?: string }>(
      `/v1/programs/${programId}/statements/${String(statement?.statementId)}/lines`,
    );
    const disputed = lines.filter(({ kind }) => kind === 'adjustment').map(({ calculation }) => calculation);
    expect(disputed).toEqual([expect.stringContaining('dispute '), expect.stringContaining('dispute ')]);
    // Both closed months follow from the facts that are stored now.
    const verify = [
      join(import.meta.dirname, '../../infra/verify.ts'),
      '--program',
      programId,
      '--data',
      stack.dataDir,
    ];
    const proof = spawnSync(process.execPath, verify, { encoding: 'utf8' });
    expect(proof.status, proof.stdout).toBe(0);
  });

  it('was told to the partner once a decision and once a correction, by inbox and mail', async () => {
    await eventually(async () => {
      const inbox = await mira.list<{ kind: string }>(`/v1/programs/${programId}/partners/mira/inbox`);
      expect(inbox.filter(({ kind }) => kind === 'dispute.answered')).toHaveLength(6);
      expect(inbox.filter(({ kind }) => kind === 'dispute.corrected')).toHaveLength(1);
      // Statements and payouts of the months that were closed are told, too.
      const isOfIt = (row: string): boolean =>
        row.includes(`mira.${programId}@partners.example`) && /your dispute/i.test(row);
      expect((await mails()).split('</li>').filter(isOfIt)).toHaveLength(6 + 1);
    });
  });

  it('that nobody answers in time is escalated to the contact, once', async () => {
    const { disputeId, answerBy } = await file(mira, 'forgotten');
    const client = new DynamoDBClient({
      endpoint: stack.endpoints.dynamodbUrl,
      region: 'eu-west-1',
      credentials: { accessKeyId: 'local', secretAccessKey: 'local' },
    });
    const { TableNames = [] } = await client.send(new ListTablesCommand({}));
    const tableName = TableNames.find((name) => /partners/i.test(name)) ?? '';
    const documents = DynamoDBDocumentClient.from(client, { marshallOptions: { removeUndefinedValues: true } });
    async function* list(): AsyncIterable<Program> {
      yield { programId } as Program;
    }
    // The hourly call, some days later.
    const escalate = makeEscalateDisputes({
      disputes: makeDisputeStore({ documents, tableName }),
      programs: { list },
      clock: () => Date.parse(answerBy) + DAY_MS,
      log: console,
    });
    expect(await escalate()).toEqual({ escalated: 1, failed: 0 });
    expect(await escalate()).toEqual({ escalated: 0, failed: 0 });
    client.destroy();
    const [first] = await stack.as('finance').list<Dispute>(at());
    expect(first).toMatchObject({ disputeId, status: 'escalated', escalationContact: CONTACT });
    // The contact also hears of the runs that waited for a decision.
    const isOfIt = (row: string): boolean => row.includes(CONTACT) && row.includes('is overdue');
    await eventually(async () => expect((await mails()).split('</li>').filter(isOfIt)).toHaveLength(1));
  });
});

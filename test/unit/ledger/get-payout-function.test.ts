import { GetCommand, QueryCommand, TransactWriteCommand } from '@aws-sdk/lib-dynamodb';
import { mockClient } from 'aws-sdk-client-mock';
import { beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { documents } from '#functions/runtime/dynamodb';
import { payoutRecordItem } from '#shared/adapters/dynamodb/money/ledger/payout-history';
import { resolutionItem } from '#shared/adapters/dynamodb/money/ledger/payout-resolutions';
import { payoutItem } from '#shared/adapters/dynamodb/money/ledger/payouts';
import { payoutKey, runKey } from '#shared/adapters/dynamodb/money/money-keys';
import { itemOfRun } from '#shared/adapters/dynamodb/money/runs/run-item';
import { applyStep } from '#shared/domain/ledger/payout';
import type { PayoutResolution } from '#shared/domain/ledger/payout-resolution';
import { anApprovedRun, aPayout, at } from '#test/support/builders/payouts';

type Answer = { readonly statusCode: number; readonly body: string };
type Handler = (event: never, context: unknown) => Promise<Answer>;

const dynamodb = mockClient(documents);
const NOW = at('2026-02-03T00:00:00Z');
const CLAIMED = applyStep(aPayout(), { type: 'claim', rail: 'stripe', runId: '2026-01.1' }, NOW)!;
const ACCEPTED = applyStep(CLAIMED.payout, { type: 'accepted', reference: 'tr_1' }, NOW)!;
const PAYOUT = ACCEPTED.payout;
const RESOLUTION: PayoutResolution = {
  ...{ resolutionId: 'r1', programId: 'acme', payoutId: PAYOUT.payoutId, partnerId: 'p1', runId: '2026-01.1' },
  ...{ outcome: 'returned', evidence: { source: 'person', reference: 'letter 7', note: 'x' } },
  ...{ proposedBy: 'person:a', proposedAt: NOW, seenStatus: 'submitted', seenChanges: 2, status: 'proposed' },
};

let get: Handler;
let propose: Handler;
beforeAll(async () => {
  vi.stubEnv('MONEY_TABLE', 'Money');
  vi.stubEnv('CONFIG_TTL_SECONDS', '0');
  vi.stubEnv('AWS_REGION', 'eu-west-1');
  get = (await import('#functions/payouts/paying/get-payout')).handler as unknown as Handler;
  propose = (await import('#functions/payouts/paying/propose-payout-resolution')).handler as unknown as Handler;
});
beforeEach(() => {
  dynamodb.reset();
  dynamodb.on(GetCommand).resolves({});
  dynamodb.on(GetCommand, { Key: payoutKey('acme', PAYOUT.payoutId) }).resolves({ Item: payoutItem(PAYOUT) });
  const run = anApprovedRun({ status: 'completed' });
  dynamodb.on(GetCommand, { Key: runKey('acme', run.runId) }).resolves({ Item: itemOfRun(run, 'request') });
  dynamodb
    .on(QueryCommand)
    .callsFake(({ ExpressionAttributeValues: values }: { ExpressionAttributeValues: object }) => {
      const isHistory = Object.values(values).includes('CHANGE#');
      const history = [CLAIMED, ACCEPTED].map(({ payout, record }) => payoutRecordItem(payout, record));
      return { Items: isHistory ? history : [resolutionItem(RESOLUTION)] };
    });
});

async function call(handler: Handler, grants: readonly object[], body?: object): Promise<[number, unknown]> {
  const principal = JSON.stringify({ kind: 'person', id: 'person:x', grants });
  const event = {
    pathParameters: { programId: 'acme', payoutId: PAYOUT.payoutId },
    queryStringParameters: {},
    headers: body ? { 'content-type': 'application/json' } : {},
    body: body && JSON.stringify(body),
    requestContext: { authorizer: { lambda: { principal } } },
  };
  const answer = await handler(event as never, {});
  return [answer.statusCode, JSON.parse(answer.body)];
}

const FINANCE = [{ programId: 'acme', role: 'finance' }];
const partner = (partnerId: string) => [{ programId: 'acme', role: 'partner', partnerId }];

describe('GET a payout', () => {
  it('shows staff each change with who made it, and what was proposed', async () => {
    const [status, body] = await call(get, FINANCE);
    expect(status).toBe(200);
    expect(body).toMatchObject({
      payoutId: PAYOUT.payoutId,
      status: 'submitted',
      railReference: 'tr_1',
      history: [
        { sequence: 1, from: 'created', to: 'submitting', step: 'claim', rail: 'stripe', by: 'system:payouts' },
        { sequence: 2, from: 'submitting', to: 'submitted', step: 'accepted', reference: 'tr_1', by: 'system:rail' },
      ],
      resolutions: [{ resolutionId: 'r1', outcome: 'returned', status: 'proposed', proposedBy: 'person:a' }],
    });
    expect(body).not.toHaveProperty('changes');
  });

  it('shows its partner the same without who did what, and other partners nothing', async () => {
    const [status, body] = await call(get, partner('p1'));
    expect(status).toBe(200);
    expect(body).toMatchObject({ status: 'submitted', history: [{ to: 'submitting' }, { to: 'submitted' }] });
    expect(JSON.stringify(body)).not.toMatch(/person:|system:|tr_1|letter 7/);
    expect((await call(get, partner('p2')))[0]).toBe(404);
  });
});

describe('POST a resolution', () => {
  it('names what is missing in its evidence, and stores nothing', async () => {
    const [status, body] = await call(propose, FINANCE, { outcome: 'returned', evidence: { reference: 'letter 7' } });
    expect(status).toBe(422);
    expect(body).toMatchObject({ errors: [{ pointer: '/evidence/note' }] });
    expect(dynamodb).not.toHaveReceivedCommand(TransactWriteCommand);
  });
});

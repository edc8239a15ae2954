import { ConditionalCheckFailedException, DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { DynamoDBDocumentClient, GetCommand, PutCommand, QueryCommand, UpdateCommand } from '@aws-sdk/lib-dynamodb';
import { mockClient } from 'aws-sdk-client-mock';
import { beforeEach, describe, expect, it } from 'vitest';
import { pack } from '#shared/adapters/dynamodb/partners/overview/overview-items';
import { refreshRequestOfRecord } from '#shared/adapters/dynamodb/partners/overview/overview-stream';
import { makeOverviews } from '#shared/adapters/dynamodb/partners/overview/overviews';
import { makeOverviewFacts } from '#shared/adapters/dynamodb/referrals/sales/overview-facts';
import { refreshRequestedEvent } from '#shared/application/partners/overview/refresh-requested-event';
import type { Period } from '#shared/domain/time/instant';
import { instant } from '#test/support/builders/partners';

const documents = DynamoDBDocumentClient.from(new DynamoDBClient({ region: 'eu-west-1' }));
const engine = mockClient(documents);
const overviews = makeOverviews({ documents, tableName: 'Partners' });
const JUNE = '2026-06' as Period;
const AT = instant('2026-06-20T12:00:00Z');
const request = { programId: 'acme', period: JUNE, requestId: 'r1', at: AT };

beforeEach(() => engine.reset());

describe('overviews when the table fails', () => {
  it('lead to no rows that are not there: the head is written behind them', async () => {
    engine.on(PutCommand).rejectsOnce(new Error('no route to host')).resolves({});
    await expect(overviews.saveRows('acme', { asOf: AT, tookMs: 1 }, [])).rejects.toThrow('no route');
    expect(engine.commandCalls(PutCommand)).toHaveLength(1);
    expect(engine.commandCalls(PutCommand)[0]?.args[0].input.Item?.sk).toBe('000000');
  });

  it('are computed again where another version wrote them', async () => {
    engine.on(GetCommand).resolves({ Item: { content: pack({ programId: 'acme', unknown: 1 }) } });
    engine.on(QueryCommand).resolves({ Items: [{ content: pack([{ partnerId: 'p1' }]) }] });
    expect(await overviews.dashboard('acme', JUNE)).toBeUndefined();
    expect(await overviews.rows('acme', AT)).toBeUndefined();
  });

  it('take a condition for somebody else, and no other fault', async () => {
    engine.on(UpdateCommand).rejectsOnce(new ConditionalCheckFailedException({ message: 'no', $metadata: {} }));
    expect(await overviews.request(request, AT)).toBe(false);
    engine.on(UpdateCommand).rejects(new Error('throttled'));
    await expect(overviews.request(request, AT)).rejects.toThrow('throttled');
    await expect(overviews.begin(request, AT)).rejects.toThrow('throttled');
  });

  it('read on where a page of sales ended', async () => {
    const item = { sk: 'CONVERSION', occurredAt: AT, currency: 'GBP', amountMinor: 5, refundedMinor: 0 };
    engine
      .on(QueryCommand)
      .resolvesOnce({ Items: [item, { ...item, sk: 'FORMER#000001#CONVERSION' }], LastEvaluatedKey: { pk: 'a' } })
      .resolvesOnce({ Items: [{ ...item, earnsNothing: 'fraud_hold' }] });
    const facts = makeOverviewFacts({
      documents,
      tableName: 'Referrals',
      pause: async () => undefined,
      random: () => 0,
    });
    const found: unknown[] = [];
    for await (const page of facts.sales('acme', 'p1', JUNE, AT)) found.push(...page);
    expect(found).toMatchObject([
      { counts: true, isHeld: false },
      { counts: false, isHeld: true },
    ]);
    expect(engine.commandCalls(QueryCommand)[1]?.args[0].input.ExclusiveStartKey).toEqual({ pk: 'a' });
  });
});

describe('a request for a refresh in the stream', () => {
  const record = (state: string, eventName = 'MODIFY', sk = 'OVERVIEW_REFRESH#2026-06') => ({
    eventName,
    dynamodb: {
      Keys: { pk: { S: 'acme#OVERVIEW' }, sk: { S: sk } },
      NewImage: {
        programId: { S: 'acme' },
        period: { S: JUNE },
        requestId: { S: 'r1' },
        requestedAt: { S: AT },
        state: { S: state },
      },
    },
  });

  it('is told when it is made, also over an older one, and not when it is taken up or done', () => {
    expect(refreshRequestOfRecord(record('requested', 'INSERT'))).toEqual(request);
    expect(refreshRequestOfRecord(record('requested'))).toEqual(request);
    for (const other of [
      record('running'),
      record('done'),
      record('requested', 'REMOVE'),
      record('requested', 'INSERT', 'TERMS'),
    ]) {
      expect(refreshRequestOfRecord(other)).toBeUndefined();
    }
    expect(refreshRequestedEvent(request)).toEqual({
      ...{ type: 'overview.refresh_requested', eventId: 'overview-refresh~acme~2026-06~r1', occurredAt: AT },
      ...{ programId: 'acme', period: JUNE, requestId: 'r1' },
    });
  });
});

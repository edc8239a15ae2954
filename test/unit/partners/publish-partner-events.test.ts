import { EventBridgeClient, PutEventsCommand } from '@aws-sdk/client-eventbridge';
import { marshall } from '@aws-sdk/util-dynamodb';
import type { DynamoDBRecord } from 'aws-lambda';
import { mockClient } from 'aws-sdk-client-mock';
import { beforeEach, describe, expect, it, vi } from 'vitest';
import { digest } from '#shared/adapters/digest';
import { payeeNoticeKey } from '#shared/adapters/dynamodb/partners/partners-keys';
import { payeeNoticeItem } from '#shared/adapters/dynamodb/partners/payee-items';
import { makeEventBus } from '#shared/adapters/event-bus';
import { tierChangeSequence } from '#shared/application/partners/publish-partner-events';
import { effectRecordedSchema } from '#shared/contracts/effect-recorded';
import { domainEventSchema, tierChangedSchema } from '#shared/contracts/events';
import { aPayeeNotice, recordedPayee } from '#test/support/builders/partners';

vi.stubEnv('EVENT_BUS_NAME', 'bus');
const { makeHandler } = await import('#functions/partners/publish-partner-events');

const bridge = mockClient(EventBridgeClient);
const publish = makeEventBus({ client: new EventBridgeClient({}), busName: 'bus' });
const handler = makeHandler(publish);

function aRecord(sequence: number, over: Record<string, unknown> = {}): DynamoDBRecord {
  const S = (value: string) => ({ S: value });
  const NewImage = {
    programId: S('acme'),
    partnerId: S('p1'),
    sequence: { N: String(sequence) },
    from: S('referral'),
    to: S('certified'),
    effectiveFrom: S('2026-03-01T00:00:00.000Z'),
    source: S('person'),
    reason: S('Ada asked nicely'),
    recordedAt: S('2026-03-02T00:00:00.000Z'),
    ...over,
  };
  const sk = S(`TIER_CHANGE#00000${sequence}`);
  return {
    eventName: 'INSERT',
    dynamodb: { SequenceNumber: `seq-${sequence}`, Keys: { pk: S('acme#PARTNER#p1'), sk }, NewImage },
  } as DynamoDBRecord;
}
const AT = '2026-03-10T08:00:00.000Z';
/** As the store writes it. */
function anAgreementRecord(record: Record<string, unknown>, index: number): DynamoDBRecord {
  const act = { agreementId: 'a2', at: AT, by: 'person:7f3a' };
  const item = { programId: 'acme', partnerId: 'p1', ...act, ...record };
  const sk = { S: `AGREEMENT#a2#${String(record.kind).toUpperCase()}#${record.actId ?? ''}` };
  const change = {
    SequenceNumber: `seq-a${index}`,
    Keys: { pk: { S: 'acme#PARTNER#p1' }, sk },
    NewImage: marshall(item),
  };
  return { eventName: 'INSERT', dynamodb: change } as DynamoDBRecord;
}
const sent = () => bridge.commandCalls(PutEventsCommand).flatMap((call) => call.args[0].input.Entries ?? []);

describe('publish partner events', () => {
  beforeEach(() => {
    bridge.reset();
    bridge.on(PutEventsCommand).callsFake(({ Entries }) => ({ Entries: Entries.map(() => ({ EventId: 'x' })) }));
  });

  it('publishes a tier change with the same id each time and without the words of a person', async () => {
    await handler({ Records: [aRecord(1)] });
    await handler({ Records: [aRecord(1)] });
    const [first, second] = sent().map(({ Detail }) => tierChangedSchema.parse(JSON.parse(Detail ?? '')));
    expect(first).toEqual(second);
    expect(first).toMatchObject({
      eventId: 'tier-changed~acme~p1~1',
      from: 'referral',
      to: 'certified',
      reason: 'person',
    });
    expect(tierChangeSequence(first!.eventId)).toBe(1);
    expect(JSON.stringify(sent())).not.toContain('nicely');
    expect(sent()[0]).toMatchObject({ EventBusName: 'bus', Source: 'tallystick', DetailType: 'tier.changed' });
  });

  it('tells the audit chain of a change of bank details: who and when, and a digest of that, never the details', async () => {
    const S = (text: string) => ({ S: text });
    const Keys = { pk: S('acme#PARTNER#p1'), sk: S('PAYEE_CHANGE#c1') };
    const change = { partnerId: S('p1'), changedAt: S('2026-03-02T00:00:00.000Z'), changedBy: S('person:ada') };
    const record = { eventName: 'INSERT', dynamodb: { SequenceNumber: 's', Keys, NewImage: { ...Keys, ...change } } };
    await handler({ Records: [record as unknown as DynamoDBRecord] });
    const [event] = sent().map(({ Detail }) => effectRecordedSchema.parse(JSON.parse(Detail ?? '')));
    expect(event).toEqual({
      type: 'effect.recorded',
      kind: 'payee.changed',
      eventId: 'payee.changed~acme~p1~c1',
      programId: 'acme',
      partnerId: 'p1',
      subjectId: 'p1~c1',
      occurredAt: '2026-03-02T00:00:00.000Z',
      recordedBy: 'person:ada',
      contentDigest: digest('{"changedAt":"2026-03-02T00:00:00.000Z","changedBy":"person:ada","partnerId":"p1"}'),
    });
  });

  it('publishes that a payee was changed, without the account or the address', async () => {
    const notice = aPayeeNotice(await recordedPayee({ payeeId: 'c1' }));
    const Keys = marshall(payeeNoticeKey('acme', 'p1', 'c1'));
    const record = {
      eventName: 'INSERT',
      dynamodb: { SequenceNumber: 's', Keys, NewImage: marshall(payeeNoticeItem(notice)) },
    };
    await handler({ Records: [record as unknown as DynamoDBRecord] });
    const [event] = sent().map(({ Detail }) => domainEventSchema.parse(JSON.parse(Detail ?? '')));
    expect(event).toMatchObject({ type: 'payee.changed', eventId: 'payee-changed~acme~p1~c1', rail: 'bank_file' });
    expect(JSON.stringify(sent())).not.toMatch(/5555|@|Ada/);
  });

  it('publishes that an agreement was accepted or terminated, by an opaque id and without papers or reasons', async () => {
    const records = [
      { kind: 'accepted', textHash: 'f0', method: 'paper', paperReference: 'Folder 7', effectiveFrom: AT },
      { kind: 'renewed', actId: 'r1', months: 6, endsAt: AT },
      { kind: 'withdrawn', reason: 'Typing error' },
      ...[
        { kind: 'terminated', actId: 't1', cause: 'breach', effect: 'stop', endsAt: AT, reason: 'Spam', cancelled: [] },
      ],
    ];
    await handler({ Records: records.map((record, index) => anAgreementRecord(record, index)) });
    const whose = { programId: 'acme', partnerId: 'p1', agreementId: 'a2', occurredAt: AT, by: 'person:7f3a' };
    const told = sent().map(({ Detail }) => domainEventSchema.parse(JSON.parse(Detail ?? '')));
    expect(told.filter(({ type }) => type.startsWith('agreement.'))).toEqual([
      {
        ...{ ...whose, type: 'agreement.accepted', eventId: 'agreement-accepted~acme~p1~a2' },
        ...{ textHash: 'f0', method: 'paper', effectiveFrom: AT },
      },
      {
        ...{ ...whose, type: 'agreement.terminated', eventId: 'agreement-terminated~acme~p1~a2~t1' },
        ...{ cause: 'breach', effect: 'stop', endsAt: AT },
      },
    ]);
    expect(JSON.stringify(sent())).not.toMatch(/Folder|Spam|Typing/);
  });

  it('reports an agreement record that cannot be read', async () => {
    const failed = await handler({ Records: [anAgreementRecord({ kind: 'accepted' }, 7)] });
    expect(failed).toEqual({ batchItemFailures: [{ itemIdentifier: 'seq-a7' }] });
  });

  it('publishes nothing for any other record', async () => {
    const other = aRecord(1);
    other.dynamodb!.Keys!.sk = { S: 'PROFILE' };
    const removed = { ...aRecord(2), eventName: 'REMOVE' as const };
    expect(await handler({ Records: [other, removed] })).toEqual({ batchItemFailures: [] });
    expect(sent()).toEqual([]);
  });

  it('reports the records that the bus refused', async () => {
    bridge.on(PutEventsCommand).resolves({ Entries: [{ EventId: 'x' }, { ErrorCode: 'ThrottlingException' }] });
    expect(await handler({ Records: [aRecord(1), aRecord(2)] })).toEqual({
      batchItemFailures: [{ itemIdentifier: 'seq-2' }],
    });
  });

  it('reports a record that cannot be read and publishes the others', async () => {
    const broken = aRecord(1, { to: { N: '7' } });
    expect(await handler({ Records: [broken, aRecord(2)] })).toEqual({
      batchItemFailures: [{ itemIdentifier: 'seq-1' }],
    });
    expect(sent()).toHaveLength(1);
  });

  it('sends at most ten events a call', async () => {
    await handler({ Records: Array.from({ length: 23 }, (_, index) => aRecord(index + 1)) });
    const sizes = bridge.commandCalls(PutEventsCommand).map((call) => call.args[0].input.Entries?.length);
    expect(sizes).toEqual([10, 10, 3]);
  });

  it('rejects when the bus cannot be reached, so that the batch comes again', async () => {
    bridge.on(PutEventsCommand).rejects(new Error('down'));
    await expect(handler({ Records: [aRecord(1)] })).rejects.toThrow('down');
  });
});

describe('a tier change event id', () => {
  it.each(['tier-changed~acme~p1', 'run-opened~acme~p1~1', 'tier-changed~a~b~c~1', 'tier-changed~acme~p1~x'])(
    'is not %s',
    (eventId) => {
      expect(tierChangeSequence(eventId)).toBeUndefined();
    },
  );
});

import {
  ConditionalCheckFailedException,
  DynamoDBClient,
  TransactionCanceledException,
} from '@aws-sdk/client-dynamodb';
import {
  DynamoDBDocumentClient,
  GetCommand,
  PutCommand,
  QueryCommand,
  TransactWriteCommand,
} from '@aws-sdk/lib-dynamodb';
import { mockClient } from 'aws-sdk-client-mock';
import { beforeEach, describe, expect, it } from 'vitest';
import { makeBindingStore } from '#shared/adapters/dynamodb/referrals/customers/bindings';
import { makeTouchStore } from '#shared/adapters/dynamodb/referrals/customers/remembered-touches';
import { makeConversionStore } from '#shared/adapters/dynamodb/referrals/sales/conversions';
import { rulesOfText, textOfRules } from '#shared/adapters/dynamodb/referrals/sales/rules-text';
import { instant, JANUARY } from '#test/support/builders/referrals';

const documents = DynamoDBDocumentClient.from(new DynamoDBClient({ region: 'eu-west-1' }));
const engine = mockClient(documents);
const table = { documents, tableName: 'Referrals' };
const of = { programId: 'shop', customerId: 'c1' };
const at = instant('2026-01-16T00:00:00Z');
const binding = { number: 1, partnerId: 'mira', from: at };
const change = { number: 1, at, by: 'person:manager', reason: 'met', period: JANUARY, after: 'mira' };

const cancelled = (...codes: string[]) =>
  new TransactionCanceledException({
    message: 'cancelled',
    $metadata: {},
    CancellationReasons: codes.map((Code) => ({ Code })),
  });

beforeEach(() => engine.reset());

describe('customers when the table refuses', () => {
  it.each([
    [['ConditionalCheckFailed', 'None']],
    [['None', 'ConditionalCheckFailed']],
    [['None', 'TransactionConflict']],
  ])('reads %j as a binding by somebody else', async (codes) => {
    engine.on(TransactWriteCommand).rejects(cancelled(...codes));
    expect(await makeBindingStore(table).save(of, [binding], change)).toBe('contended');
  });

  it('takes no fault for a race', async () => {
    engine.on(TransactWriteCommand).rejects(cancelled('None', 'ValidationError'));
    await expect(makeBindingStore(table).save(of, [binding], change)).rejects.toThrow('cancelled');
    engine.on(PutCommand).rejects(new Error('slow down'));
    await expect(makeTouchStore(table).save(of, { touches: [], revision: 1 }, at)).rejects.toThrow('slow down');
    engine.on(PutCommand).rejects(new ConditionalCheckFailedException({ message: 'newer', $metadata: {} }));
    expect(await makeTouchStore(table).save(of, { touches: [], revision: 1 }, at)).toBe('contended');
  });

  it('stops at items that are not what they should be', async () => {
    engine.on(GetCommand).resolves({ Item: { touches: [{ kind: 'guess' }], revision: 1 } });
    await expect(makeTouchStore(table).read(of)).rejects.toThrow();
    engine.on(QueryCommand).resolves({ Items: [{ sk: 'CUSTOMER', bindings: [{ number: 'one' }] }] });
    await expect(makeConversionStore(table).history('shop', 'c1')).rejects.toThrow();
  });

  it('reads customer and touches with one query', async () => {
    const touches = [{ kind: 'link', partnerId: 'noor', clickId: 'click-1', at: 1 }];
    const items = [
      { sk: 'CUSTOMER', bindings: [binding] },
      { sk: 'TOUCHES', touches, revision: 3 },
    ];
    engine.on(QueryCommand).resolves({ Items: items });
    expect(await makeConversionStore(table).history('shop', 'c1')).toMatchObject({ bindings: [binding], touches });
    expect(engine).toHaveReceivedCommandTimes(QueryCommand, 1);
  });
});

describe('the rules kept with a decision', () => {
  const ordinary = {
    model: 'last_touch',
    windowDays: 90,
    codeBeatsLink: true,
    newCustomersOnly: false,
    bindCustomers: 'never',
    bindingBeatsTouches: true,
  } as const;
  const others = {
    model: 'linear',
    windowDays: 7,
    codeBeatsLink: false,
    newCustomersOnly: true,
    bindCustomers: 'first_sale',
    bindingBeatsTouches: false,
    bindingMonths: 12,
  } as const;

  it.each([
    [ordinary, 'last_touch 90 code'],
    [others, 'linear 7 link new_only bind touches_first months 12'],
  ])('%j are stored as %s', (rules, text) => {
    expect(textOfRules(rules)).toBe(text);
    expect(rulesOfText(text)).toEqual(rules);
  });

  it('are not guessed', () => {
    for (const text of ['', 'best_touch 90 code', 'last_touch many code']) expect(() => rulesOfText(text)).toThrow();
  });
});

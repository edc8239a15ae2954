import {
  ConditionalCheckFailedException,
  DynamoDBClient,
  TransactionCanceledException,
} from '@aws-sdk/client-dynamodb';
import { DynamoDBDocumentClient, QueryCommand, TransactWriteCommand, UpdateCommand } from '@aws-sdk/lib-dynamodb';
import { mockClient } from 'aws-sdk-client-mock';
import { beforeEach, describe, expect, it } from 'vitest';
import { conversionAnswer, conversionSummary } from '#functions/referrals/answers';
import { makeFraudLooks } from '#shared/adapters/dynamodb/referrals/holds/fraud-looks';
import { makeHoldStore } from '#shared/adapters/dynamodb/referrals/holds/holds';
import { makeConversionStore } from '#shared/adapters/dynamodb/referrals/sales/conversions';
import { makeReattributionStore } from '#shared/adapters/dynamodb/referrals/sales/reattributions';
import { attributionPart } from '#shared/application/payouts/explain/explain-parts';
import type { OrderHold } from '#shared/application/payouts/explain/explain-ports';
import { reasonedFor, reviewPart } from '#shared/application/payouts/explain/explain-review';
import { makeLateRefunds } from '#shared/application/payouts/statements/late-refunds';
import type { RefundFact } from '#shared/application/referral-facts';
import { holdOfSale } from '#shared/application/referrals/holds/hold-of-sale';
import { restampOrder } from '#shared/application/referrals/sales/restamp-order';
import { nothingSentence } from '#shared/domain/explain/explain-nothing-words';
import type { Period } from '#shared/domain/time/instant';
import { aConversion, aRefund, FEBRUARY, instant, JANUARY } from '#test/support/builders/referrals';
import { aProgram } from '#test/support/fakes/programs';

const documents = DynamoDBDocumentClient.from(new DynamoDBClient({ region: 'eu-west-1' }));
const engine = mockClient(documents);
const table = { documents, tableName: 'Referrals' };
beforeEach(() => engine.reset());

const SIGNALS = [{ code: 'velocity', action: 'hold', evidence: '101 sales of one partner.' }] as const;
const heldSale = aConversion({
  earnsNothing: 'fraud_hold',
  signals: SIGNALS,
  holdUntil: instant('2026-01-29T12:00:00Z'),
});
const hold = holdOfSale(heldSale) as NonNullable<ReturnType<typeof holdOfSale>>;
const cancelled = (...codes: string[]) =>
  new TransactionCanceledException({
    message: 'cancelled',
    $metadata: {},
    CancellationReasons: codes.map((Code) => ({ Code })),
  });

describe('a refund that a closed month keeps of a sale that was held then', () => {
  it('claws nothing back from the partner who has the sale in a later month', async () => {
    const find = makeLateRefunds({
      programId: 'shop',
      facts: { order: async () => ({ conversion: aConversion({ period: '2026-05' as Period }), refunds: [] }) },
      runs: { latestOf: async () => undefined },
      statements: { earnedLines: async () => [] },
    });
    const kept = aRefund({ partnerId: 'mira', period: FEBRUARY, late: true });
    async function* refunds(): AsyncIterable<RefundFact> {
      yield kept;
    }
    for await (const { refund } of find('mira', refunds())) expect(refund).toMatchObject({ earnedLines: [] });
  });
});

describe('what is told of a held sale', () => {
  const order = (more: Partial<OrderHold> = {}) => ({
    conversion: heldSale,
    refunds: [],
    hold: { ...hold, ...more },
  });
  const decision = { by: 'person:manager', at: instant('2026-01-20T00:00:00Z'), reason: 'A real customer' };

  it('staff read the signals, the deadline and the decision', () => {
    expect(reviewPart(order(), undefined)?.sentence).toBe(
      'It was held at 2026-01-15T12:00:01.000Z: velocity: 101 sales of one partner. It waits for a decision, due by 2026-01-29T12:00:00.000Z.',
    );
    expect(reviewPart(order({ escalatedAt: decision.at }), undefined)?.sentence).toContain('it is overdue');
    expect(reviewPart(order({ status: 'released', decision }), undefined)?.sentence).toContain(
      'It was released by person:manager at 2026-01-20T00:00:00.000Z, "A real customer".',
    );
  });

  it('a partner reads that it is under review, and never why', () => {
    const told = (['open', 'escalated', 'released', 'voided'] as const).map((status) =>
      reviewPart(order({ status, decision }), ['mira']),
    );
    expect(told.map((part) => part?.status)).toEqual(['under_review', 'under_review', 'accepted', 'not_accepted']);
    expect(JSON.stringify(told)).not.toMatch(/velocity|101|fraud|manager|real customer/);
    const nothing = { reason: 'fraud_hold', estimate: true, sentence: 'It earns nothing because it is under review.' };
    expect(reasonedFor({ nothingBecause: nothing, decisions: [] }, ['mira']).nothingBecause?.reason).toBe(
      'under_review',
    );
    expect(reasonedFor({ nothingBecause: nothing, decisions: [] }, undefined).nothingBecause?.reason).toBe(
      'fraud_hold',
    );
    expect(nothingSentence({ conversionId: 'o1', reason: 'fraud_hold' })).toContain('under review');
    expect(nothingSentence({ conversionId: 'o1', reason: 'fraud_void' })).toContain('did not accept it');
  });

  it('a partner that was given the sale afterwards reads nothing of it', () => {
    expect(reviewPart(order({ status: 'voided', decision }), ['noor'])).toBeUndefined();
    expect(reviewPart(order({ status: 'voided', decision }), undefined)?.status).toBe('voided');
  });

  it('of a sale that is only flagged staff read the signals and a partner nothing', () => {
    const flagged = { conversion: aConversion({ signals: [{ ...SIGNALS[0], action: 'flag' }] }), refunds: [] };
    expect(reviewPart(flagged, undefined)).toMatchObject({ status: 'flagged', signals: [{ code: 'velocity' }] });
    expect(reviewPart(flagged, ['mira'])).toBeUndefined();
    expect(reviewPart({ conversion: aConversion(), refunds: [] }, undefined)).toBeUndefined();
  });

  it('a partner reads its own click without what was seen of it', () => {
    const touch = { kind: 'link', reference: 'spring', partnerId: 'mira', flags: ['bot'], outcome: 'won' } as const;
    const conversion = aConversion({ attribution: { touches: [touch], why: 'only_touch' } });
    const told = (onlyPartners?: string[]) =>
      attributionPart({ conversion, refunds: [] }, aProgram(), onlyPartners).touches[0]?.flags;
    expect([told(), told(['mira'])]).toEqual([['bot'], undefined]);
  });

  it('answers show it to merchants and staff, and to partners in their words', () => {
    expect(conversionAnswer(heldSale)).toMatchObject({
      outcome: 'earns_nothing',
      earnsNothing: 'fraud_hold',
      signals: SIGNALS,
      holdUntil: heldSale.holdUntil,
    });
    const { earnsNothing: _, ...released } = heldSale;
    expect(conversionAnswer(released)).toMatchObject({ outcome: 'attributed', holdUntil: undefined });
    const listed = { conversion: heldSale, isFormer: false };
    expect(conversionSummary(listed, false)).toMatchObject({ earnsNothing: 'fraud_hold', signals: SIGNALS });
    const shown = conversionSummary(listed, true);
    expect([shown.earnsNothing, 'signals' in shown]).toEqual(['under_review', false]);
  });

  it('a release is no re-attribution, and the copy of a closed month says that it was decided later', () => {
    const released = aConversion({ reattributions: 1, holdChanges: 1 });
    expect(conversionSummary({ conversion: released, isFormer: false }, false).reattributed).toBeUndefined();
    expect(conversionSummary({ conversion: heldSale, isFormer: true }, false).reattributed).toBe('decided_later');
    const moved = aConversion({ reattributions: 2, holdChanges: 1 });
    expect(conversionSummary({ conversion: moved, isFormer: false }, false).reattributed).toBe('received');
  });
});

describe('holds when the table refuses', () => {
  it('a held sale is a transaction with its hold, and its order comes first', async () => {
    engine.on(TransactWriteCommand).rejectsOnce(cancelled('ConditionalCheckFailed', 'None')).resolves({});
    const store = makeConversionStore(table);
    expect([await store.add(heldSale, {}), await store.add(heldSale, {})]).toEqual(['exists', 'recorded']);
    const [, sent] = engine.commandCalls(TransactWriteCommand);
    expect(sent?.args[0].input.TransactItems).toHaveLength(2);
  });

  it('a decision that meets another one, or a refund, is contended; everything else is passed on', async () => {
    const order = { conversion: heldSale, refunds: [aRefund()], reattributions: [], hold };
    const said = { reattributionId: 'd1', at: instant('2026-02-01T00:00:00Z'), by: 'person:m', reason: 'r' };
    const change = restampOrder(order, { partnerId: 'mira' }, { ...said, kind: 'release' }, '2025-12' as Period);
    const save = () => makeReattributionStore(table).save(order, { ...change, hold: { ...hold, status: 'released' } });
    engine.on(TransactWriteCommand).rejectsOnce(cancelled('None', 'None', 'None', 'ConditionalCheckFailed'));
    expect(await save()).toBe('contended');
    engine.on(TransactWriteCommand).rejects(new Error('socket hang up'));
    await expect(save()).rejects.toThrow('socket hang up');
    expect(change.record.after).toMatchObject({ period: JANUARY, earnsNothing: undefined });
  });

  it('an escalation that comes too late changes nothing', async () => {
    engine.on(UpdateCommand).rejects(new ConditionalCheckFailedException({ message: 'no', $metadata: {} }));
    expect(await makeHoldStore(table).escalate(hold, hold.deadline)).toBe('changed');
  });

  it('a look that fails is an error, so that no sale passes unseen', async () => {
    engine.on(QueryCommand).rejects(new Error('slow down'));
    const of = { programId: 'shop', partnerId: 'mira', period: JANUARY };
    const span = { from: hold.heldAt, to: hold.deadline, limit: 5 };
    await expect(makeFraudLooks(table).recentSales.between(of, span)).rejects.toThrow('slow down');
  });
});

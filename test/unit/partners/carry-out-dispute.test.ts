import { marshall } from '@aws-sdk/util-dynamodb';
import type { DynamoDBRecord } from 'aws-lambda';
import { describe, expect, it } from 'vitest';
import { moneyChangeOfRecord } from '#shared/adapters/dynamodb/money/money-stream';
import { decisionItem, disputeItem } from '#shared/adapters/dynamodb/partners/dispute-items';
import { disputeNewsOfRecord } from '#shared/adapters/dynamodb/partners/dispute-stream';
import { remediedEvent } from '#shared/application/carry-out-dispute';
import { Failure } from '#shared/application/failure';
import { disputeDecidedEvent, disputeEscalatedEvent } from '#shared/application/partners/dispute-events';
import type { DecisionRecord } from '#shared/application/partners/dispute-ports';
import { makePostDisputeAdjustment } from '#shared/application/payouts/adjustments/post-dispute-adjustment';
import { makeRecordAdjustment, type RecordAdjustment } from '#shared/application/payouts/adjustments/record-adjustment';
import { eventsOf } from '#shared/application/payouts/runs/money-events';
import { makeReattributeDisputedConversion } from '#shared/application/referrals/sales/reattribute-disputed-conversion';
import { type DomainEvent, domainEventSchema } from '#shared/contracts/events';
import type { Period } from '#shared/domain/time/instant';
import { aDispute } from '#test/support/builders/disputes';
import { instant } from '#test/support/builders/referrals';
import { makeFakeAdjustments } from '#test/support/fakes/adjustments';
import { aProgram, makeFakePrograms } from '#test/support/fakes/programs';
import { aReferralsHouse, aSaleInput } from '#test/support/referrals-house';

const DECISION: DecisionRecord = {
  programId: 'shop',
  disputeId: 'd1',
  partnerId: 'mira',
  orderId: 'o1',
  number: 1,
  outcome: 'accepted',
  remedy: { kind: 'adjustment', amountMinor: 5_00n, currency: 'GBP' },
  decidedBy: 'person:finance',
  authority: 'finance',
  decidedAt: instant('2026-03-12T00:00:00Z'),
};
const REATTRIBUTED: DecisionRecord = { ...DECISION, remedy: { kind: 'reattribution' } };
const DECIDED = { programId: 'shop', disputeId: 'd1', number: 1 };

function aBus(refuses = false) {
  const events: DomainEvent[] = [];
  const publish = async (given: readonly DomainEvent[]): Promise<readonly DomainEvent[]> => {
    if (refuses) return given;
    events.push(...given.map((event) => domainEventSchema.parse(event)));
    return [];
  };
  return { events, publish };
}

const deciding = (decision: DecisionRecord | undefined) => ({ get: async () => decision });

describe('posting the adjustment of a dispute', () => {
  const aPosting = (decision: DecisionRecord | undefined, adjust: RecordAdjustment) => {
    const bus = aBus();
    const programs = makeFakePrograms(aProgram({ closedThrough: '2026-01' as Period }));
    return { bus, post: makePostDisputeAdjustment({ decisions: deciding(decision), adjust, programs, ...bus }) };
  };

  it('is made by who decided, in the first open period, linked to the dispute and under the same id again', async () => {
    const made: Parameters<RecordAdjustment>[0][] = [];
    const { bus, post } = aPosting(DECISION, async (input) => {
      made.push(input);
      return {} as never;
    });
    expect([await post(DECIDED), await post(DECIDED)]).toEqual(['carried_out', 'carried_out']);
    expect(made[0]).toEqual(made[1]);
    expect(made[0]).toMatchObject({
      adjustmentId: 'dispute.d1.1',
      partnerId: 'mira',
      amountMinor: 5_00n,
      // February is open though the decision was made in March.
      occurredAt: '2026-02-01T00:00:00.000Z',
      reasonCode: 'dispute',
      links: { disputeId: 'd1' },
      by: 'person:finance',
      needsSecondPerson: false,
    });
    expect(made[0]?.reason).toContain('dispute d1 about order o1');
    // The stream of the table tells of it.
    expect(bus.events).toEqual([]);
  });

  it.each([
    ['partner_manager', 'proposed'],
    ['finance', 'recorded'],
    ['admin', 'recorded'],
  ] as const)('decided with the authority of a %s is %s where there is no limit', async (authority, status) => {
    const adjustments = makeFakeAdjustments();
    const programs = makeFakePrograms(aProgram());
    const partners = { terms: async () => ({ partnerId: 'mira', agreements: [], tiers: [] }) };
    const retry = { pause: async () => undefined, random: () => 0 };
    const clock = () => Date.parse('2026-03-12T00:00:00Z');
    const adjust = makeRecordAdjustment({ programs, partners, adjustments, clock, ...retry });
    const { post } = aPosting({ ...DECISION, authority }, adjust);
    expect([await post(DECIDED), await post(DECIDED)]).toEqual(['carried_out', 'carried_out']);
    const posted = { recordedBy: 'person:finance', links: { disputeId: 'd1' } };
    expect(await adjustments.find('shop', 'dispute.d1.1')).toMatchObject({ status, ...posted });
  });

  it('leaves other remedies to others', async () => {
    for (const other of [REATTRIBUTED, { ...DECISION, outcome: 'declined', remedy: undefined } as const]) {
      const { post } = aPosting(other, async () => {
        throw new Error('nothing is adjusted');
      });
      expect(await post(DECIDED)).toBe('none_of_ours');
    }
  });

  it('tells a refusal, and has the event again when the store was busy or the decision is not there', async () => {
    const refused = aPosting(DECISION, async () => {
      throw new Failure('unknown_partner', 'Enrol the partner first.');
    });
    expect(await refused.post(DECIDED)).toBe('failed');
    expect(refused.bus.events).toMatchObject([
      {
        type: 'dispute.remedied',
        disputeId: 'd1',
        number: 1,
        effect: { kind: 'failed', reason: 'Enrol the partner first.' },
      },
    ]);
    const busy = aPosting(DECISION, async () => {
      throw new Failure('temporarily_unavailable', 'Later.');
    });
    await expect(busy.post(DECIDED)).rejects.toThrow('Later.');
    await expect(aPosting(undefined, async () => ({}) as never).post(DECIDED)).rejects.toThrow('is not stored');
  });
});

describe('re-attributing a disputed sale', () => {
  it('moves it once, and tells the same outcome as often as it is asked', async () => {
    const house = aReferralsHouse();
    await house.recordConversion(aSaleInput());
    house.programs.set(aProgram({ closedThrough: '2026-01' as Period }));
    const bus = aBus();
    const move = makeReattributeDisputedConversion({ ...house, decisions: deciding(REATTRIBUTED), ...bus });
    await move(DECIDED);
    house.programs.set(aProgram({ closedThrough: '2026-05' as Period }));
    await move(DECIDED);
    expect(bus.events[0]).toEqual(bus.events[1]);
    expect(bus.events[0]).toMatchObject({
      effect: { kind: 'reattribution', reattributionId: 'dispute.d1.1', period: '2026-02' },
    });
    const order = await house.conversions.findOrder('shop', 'o1');
    expect(order?.reattributions).toMatchObject([{ disputeId: 'd1', by: 'person:finance' }]);
  });

  it('goes past an adjustment of another dispute only where the decision says so', async () => {
    const paid = { disputeId: 'd0', partnerId: 'mira', kind: 'missing', endedAs: 'carried_out' } as const;
    const house = aReferralsHouse({ disputes: [{ ...paid, filedAt: DECISION.decidedAt, decisions: [DECISION] }] });
    await house.recordConversion(aSaleInput());
    const bus = aBus();
    const moving = (remedy: DecisionRecord['remedy']) =>
      makeReattributeDisputedConversion({ ...house, decisions: deciding({ ...DECISION, remedy }), ...bus })(DECIDED);
    expect(await moving({ kind: 'reattribution' })).toBe('failed');
    expect(bus.events).toMatchObject([{ effect: { reason: expect.stringContaining('dispute d0') } }]);
    expect(await moving({ kind: 'reattribution', despiteAdjustment: true })).toBe('carried_out');
  });

  it('is delivered again when its outcome could not be told', async () => {
    const house = aReferralsHouse();
    await house.recordConversion(aSaleInput());
    const move = makeReattributeDisputedConversion({ ...house, decisions: deciding(REATTRIBUTED), ...aBus(true) });
    await expect(move(DECIDED)).rejects.toThrow('deliver the event again');
  });

  it('tells why a sale cannot be moved', async () => {
    const bus = aBus();
    const house = aReferralsHouse();
    const move = makeReattributeDisputedConversion({ ...house, decisions: deciding(REATTRIBUTED), ...bus });
    expect(await move(DECIDED)).toBe('failed');
    expect(bus.events).toMatchObject([{ effect: { reason: expect.stringContaining('is not a recorded order') } }]);
  });
});

const aRecord = (eventName: 'INSERT' | 'MODIFY', after: Record<string, unknown>, before?: Record<string, unknown>) =>
  ({
    eventName,
    dynamodb: {
      Keys: marshall({ pk: after.pk, sk: after.sk }),
      NewImage: marshall(after, { removeUndefinedValues: true }),
      ...(before ? { OldImage: marshall(before, { removeUndefinedValues: true }) } : {}),
    },
  }) as DynamoDBRecord;

describe('the streams', () => {
  it('tell of a decision by ids, without a word of the dispute or an amount', () => {
    const decision = { ...DECISION, explanation: 'You are right' };
    const news = disputeNewsOfRecord(aRecord('INSERT', decisionItem(aDispute({ programId: 'shop' }), decision)));
    if (news?.type !== 'decided') throw new Error('it is a decision');
    const event = disputeDecidedEvent(news.decision);
    expect(domainEventSchema.parse(event)).toEqual(event);
    expect(event).toMatchObject({ eventId: 'dispute-decided~shop~d1~1', remedy: 'adjustment', authority: 'finance' });
    expect(JSON.stringify(event)).not.toMatch(/right|500|person/);
  });

  it('tell of an escalation when it is marked, not of what follows', () => {
    const open = aDispute();
    const escalated = { ...open, status: 'escalated' as const, escalatedAt: instant('2026-03-20T10:00:00Z') };
    const news = disputeNewsOfRecord(aRecord('MODIFY', disputeItem(escalated), disputeItem(open)));
    if (news?.type !== 'escalated') throw new Error('it is an escalation');
    expect(domainEventSchema.parse(disputeEscalatedEvent(news.dispute, news.escalatedAt)).eventId).toBe(
      'dispute-escalated~acme~d1',
    );
    const declined = { ...escalated, status: 'declined' as const };
    expect(disputeNewsOfRecord(aRecord('MODIFY', disputeItem(declined), disputeItem(escalated)))).toBeUndefined();
    expect(disputeNewsOfRecord(aRecord('INSERT', disputeItem(open)))).toBeUndefined();
  });

  it('tell what became of the adjustment, proposed, recorded or declined', () => {
    const adjustment = {
      pk: 'p',
      sk: 's',
      programId: 'shop',
      adjustmentId: 'dispute.d1.1',
      partnerId: 'mira',
      period: '2026-02',
      occurredAt: '2026-02-01T00:00:00.000Z',
      amountMinor: 500,
      currency: 'GBP',
      reason: 'dispute d1',
      reasonCode: 'dispute',
      links: { disputeId: 'd1' },
      recordedBy: 'person:manager',
    };
    const states = [
      { ...adjustment, type: 'adjustment_proposal', status: 'proposed', proposedAt: '2026-03-12T00:00:00.000Z' },
      { ...adjustment, type: 'adjustment_proposal', status: 'declined', proposedAt: '2026-03-12T00:00:00.000Z' },
      { ...adjustment, type: 'adjustment', recordedAt: '2026-03-12T00:00:00.000Z' },
      { ...adjustment, type: 'adjustment_proposal', status: 'recorded', proposedAt: '2026-03-12T00:00:00.000Z' },
      { ...adjustment, type: 'adjustment', recordedAt: '2026-03-12T00:00:00.000Z', links: undefined },
    ].map((item) => {
      const change = moneyChangeOfRecord(aRecord('INSERT', item));
      return change ? eventsOf(change).map((event) => domainEventSchema.parse(event)) : [];
    });
    const effects = states.map(([event]) => (event?.type === 'dispute.remedied' ? event.effect : 'not told'));
    const of = (state: string) => ({ kind: 'adjustment', adjustmentId: 'dispute.d1.1', period: '2026-02', state });
    // An approved proposal is told by its fact, and an adjustment of no dispute by nobody.
    expect(effects).toEqual([of('proposed'), of('declined'), of('recorded'), 'not told', 'not told']);
  });

  it('give one outcome one id', () => {
    const effect = { kind: 'failed', reason: 'x' } as const;
    expect(remediedEvent(DECISION, effect)).toEqual(remediedEvent({ ...DECISION }, effect));
  });
});

import { describe, expect, it } from 'vitest';
import { disputeAnswer } from '#functions/partners/dispute-answers';
import { decideDisputeRoute } from '#shared/contracts/partners/decide-dispute';
import { decisionOfRemedy, type RemedyEffect, remedyIdOf } from '#shared/domain/partner/dispute';
import type { Period } from '#shared/domain/time/instant';
import { A_SALE, ADJUST, AT_D1, aHouse, REATTRIBUTE, recorded, type Sale } from '#test/support/builders/dispute-house';

describe('deciding a dispute', () => {
  it('stores a record of its own, from which the others learn', async () => {
    const house = aHouse();
    await house.file();
    expect(await house.decide()).toMatchObject({ status: 'decided', decisions: [{ number: 1, outcome: 'accepted' }] });
    expect(house.disputes.decisions).toMatchObject([{ disputeId: 'd1', partnerId: 'mira', remedy: ADJUST }]);
    expect(
      JSON.stringify(house.disputes.decisions, (_, value) => (typeof value === 'bigint' ? 0 : value)),
    ).not.toContain('right');
    await house.decide();
    expect(house.disputes.decisions).toHaveLength(1);
    await expect(house.decide({ explanation: 'Otherwise' })).rejects.toMatchObject({ code: 'dispute_not_open' });
  });

  it('is not for who filed it, nor for a person of the partner', async () => {
    const house = aHouse();
    await house.file({ by: 'person:manager' });
    await expect(house.decide()).rejects.toMatchObject({ code: 'own_dispute' });
    await expect(house.decide({ by: 'person:other', ownPartners: ['mira'] })).rejects.toMatchObject({
      code: 'own_dispute',
    });
    expect(house.disputes.decisions).toEqual([]);
  });

  it.each([
    ['accepted', 'none', undefined],
    ['partly_accepted', 'none', undefined],
    ['declined', 'an adjustment', ADJUST],
  ] as const)('refuses %s with %s', async (outcome, _, remedy) => {
    const house = aHouse();
    await house.file();
    await expect(house.decide({ outcome, remedy })).rejects.toMatchObject({ errors: [{ pointer: '/remedy' }] });
  });

  it.each<[string, string, Partial<Sale> & { refunds?: number }]>([
    ["that is the partner's already", 'same_partner', { partnerId: 'mira' }],
    ['of the partner itself', 'self_referral', { customerId: 'mira' }],
    ['of the partner itself by its e-mail address', 'self_referral', { customerId: 'Mira@Partners.example' }],
    ['that another partner was paid for', 'month_closed', { partnerId: 'noor', period: '2026-01' as Period }],
    [
      'that was voided for the partner',
      'voided',
      { partnerId: 'noor', hold: { status: 'voided', partnerIds: ['mira'] } },
    ],
    ['with more refunds than move at once', 'too_many_refunds', { refunds: 41 }],
  ])('gives no sale %s: the rule and another way are told before the partner hears of it', async (_, reason, sale) => {
    const house = aHouse({ closedThrough: '2026-01' as Period });
    await house.file();
    house.sales.set('o1', { ...A_SALE, ...sale });
    await expect(house.decide({ remedy: REATTRIBUTE })).rejects.toMatchObject({
      code: 'invalid_request',
      errors: [{ pointer: '/remedy/reattribute', rule: expect.stringMatching(/^needs a /) }],
      message: expect.stringMatching(/adjustment|Decline/),
      extra: { reason },
    });
    expect(house.disputes.decisions).toEqual([]);
    expect((await house.get(AT_D1)).dispute.status).toBe('open');
  });

  it('gives no sale that is not recorded, until it is', async () => {
    const house = aHouse();
    await house.file({ orderId: 'o2' });
    await expect(house.decide({ remedy: REATTRIBUTE })).rejects.toMatchObject({ extra: { reason: 'not_recorded' } });
    house.sales.set('o2', A_SALE);
    expect(await house.decide({ remedy: REATTRIBUTE })).toMatchObject({ status: 'decided' });
  });

  it.each<[string, Partial<Sale>]>([
    ['nobody had in a closed month', {}],
    ['another partner has in an open month', { partnerId: 'noor', period: '2026-03' as Period }],
    ['earned another partner nothing', { partnerId: 'noor', earnsNothing: 'self_referral' }],
  ])('gives a sale that %s', async (_, sale) => {
    const house = aHouse({ closedThrough: '2026-02' as Period });
    await house.file();
    house.sales.set('o1', { ...A_SALE, ...sale });
    expect(await house.decide({ remedy: REATTRIBUTE })).toMatchObject({ status: 'decided' });
  });

  it('gives no sale that another dispute has paid for, unless that is said', async () => {
    const house = aHouse();
    await house.file({ disputeId: 'd0', partnerId: 'noor' });
    await house.decide({ disputeId: 'd0' });
    await house.file();
    await expect(house.decide({ remedy: REATTRIBUTE })).rejects.toMatchObject({
      extra: { reason: 'dispute_adjusted' },
    });
    const meant = { ...REATTRIBUTE, despiteAdjustment: true } as const;
    expect(await house.decide({ remedy: meant })).toMatchObject({ status: 'decided' });
  });

  it('pays no sale that is held for review: released, it would be paid twice', async () => {
    const house = aHouse();
    await house.file();
    house.sales.set('o1', { ...A_SALE, partnerId: 'mira', earnsNothing: 'fraud_hold' });
    await expect(house.decide()).rejects.toMatchObject({
      code: 'invalid_request',
      errors: [{ pointer: '/remedy/adjustment', rule: expect.stringContaining('held for review') }],
      extra: { reason: 'held' },
    });
    house.sales.set('o1', { ...A_SALE, partnerId: 'mira', earnsNothing: 'fraud_void' });
    expect(await house.decide()).toMatchObject({ status: 'decided' });
  });

  it.each<[string, string | undefined, string | undefined, readonly string[]]>([
    ["the order's", 'EUR', 'USD', ['EUR']],
    ["the claim's or the programme's without an order", undefined, 'USD', ['USD', 'GBP']],
    ["the programme's without any", undefined, undefined, ['GBP']],
  ])('adjusts in the currency of %s alone', async (_, ofOrder, claimed, expected) => {
    for (const currency of ['EUR', 'USD', 'GBP', 'JPY']) {
      const house = aHouse();
      if (ofOrder) house.sales.set('o1', { ...A_SALE, currency: ofOrder });
      else house.sales.delete('o1');
      await house.file({ expected: claimed === undefined ? undefined : { amountMinor: 1n, currency: claimed } });
      const decided = house.decide({ remedy: { ...ADJUST, currency } });
      if (expected.includes(currency)) expect(await decided).toMatchObject({ status: 'decided' });
      else
        await expect(decided).rejects.toMatchObject({
          errors: [{ pointer: '/remedy/adjustment/currency', rule: expect.stringContaining(expected.join(' or ')) }],
        });
    }
  });

  it.each([0n, -1n])('adjusts by more than nothing: %s', async (amountMinor) => {
    const house = aHouse();
    await house.file();
    await expect(house.decide({ remedy: { ...ADJUST, amountMinor } })).rejects.toMatchObject({
      errors: [{ pointer: '/remedy/adjustment/amountMinor' }],
    });
    const adjustment = { amountMinor: Number(amountMinor), currency: 'GBP' };
    const sent = decideDisputeRoute.body.safeParse({ outcome: 'accepted', explanation: 'x', remedy: { adjustment } });
    expect(sent.error?.issues.map(({ path }) => path.join('/'))).toEqual(['remedy/adjustment/amountMinor']);
  });

  it('ends a declined one, so that the partner may file again with what is new', async () => {
    const house = aHouse();
    await house.file();
    expect(await house.decide({ outcome: 'declined', remedy: undefined })).toMatchObject({ status: 'declined' });
    expect(await house.file({ disputeId: 'd2' })).toMatchObject({ status: 'open' });
  });
});

describe('what became of the remedy', () => {
  const decided = async (remedy: typeof ADJUST | typeof REATTRIBUTE = ADJUST) => {
    const house = aHouse();
    await house.file();
    await house.decide({ remedy });
    const report = (effect: RemedyEffect, number = 1) => house.remedied({ ...AT_D1, number, effect });
    return { ...house, report };
  };

  it('shows that an adjustment waits for its second person, then the month that pays it', async () => {
    const { report } = await decided();
    const waiting = await report(recorded('proposed'));
    expect(disputeAnswer(waiting, { isPartner: false, nowMs: 0 })).toMatchObject({
      status: 'decided',
      effect: { state: 'proposed', waitsFor: 'second_person' },
    });
    expect(await report(recorded('recorded'))).toMatchObject({ status: 'carried_out', effect: { period: '2026-04' } });
  });

  it('stays what it was when reports come twice or late', async () => {
    const { report } = await decided();
    const done = await report(recorded('recorded'));
    for (const late of [recorded('proposed'), recorded('recorded'), { kind: 'failed', reason: 'x' } as const])
      expect(await report(late)).toEqual(done);
  });

  it('goes back to staff when the remedy fails, and tells the partner that alone, without the reason', async () => {
    const house = await decided(REATTRIBUTE);
    const failed = await house.report({
      kind: 'failed',
      reason: "belongs to another partner in a month that's closed",
    });
    expect(failed.status).toBe('failed');
    const shown = JSON.stringify(disputeAnswer(failed, { isPartner: true, nowMs: 0 }));
    expect(shown).toContain('"failed"');
    expect(shown).not.toContain('another partner');
    expect(shown).not.toContain('person:');
    const again = await house.decide({ explanation: 'We pay it instead.' });
    expect(again).toMatchObject({ status: 'decided', decisions: [{ number: 1 }, { number: 2 }] });
    expect(again.effect).toBeUndefined();
    expect(await house.report(recorded('recorded'), 1)).toEqual(again);
    expect(await house.report(recorded('recorded'), 2)).toMatchObject({ status: 'carried_out' });
  });

  it('may be tried again by the same words once it has failed', async () => {
    const house = await decided(REATTRIBUTE);
    await house.report({ kind: 'failed', reason: 'order not recorded' });
    const again = await house.decide({ remedy: REATTRIBUTE });
    expect(again).toMatchObject({ status: 'decided', decisions: [{ number: 1 }, { number: 2 }] });
    expect(house.disputes.decisions.map(({ number }) => number)).toEqual([1, 2]);
    expect(await house.decide({ remedy: REATTRIBUTE })).toEqual(again);
  });

  it('is made under an id that leads back to the decision', () => {
    expect(decisionOfRemedy(remedyIdOf('d1', 12))).toEqual({ disputeId: 'd1', number: 12 });
    for (const other of ['d1', 'dispute.d1', 'dispute..1', 'dispute.d1.x'])
      expect(decisionOfRemedy(other)).toBeUndefined();
  });
});

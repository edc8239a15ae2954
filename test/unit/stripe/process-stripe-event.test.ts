import { beforeEach, describe, expect, it } from 'vitest';
import {
  aCharge,
  aDispute,
  anInvoice,
  anInvoicePayment,
  anOldInvoice,
  aSession,
  stripeEvent,
} from '#test/support/builders/stripe';
import { aStripeHouse } from '#test/support/stripe-house';

const HOUR_MS = 3_600_000;
const CODE = { ts_code: 'TALLY10' };

let house: Awaited<ReturnType<typeof aStripeHouse>>;
beforeEach(async () => {
  house = await aStripeHouse();
});

type Event = ReturnType<typeof stripeEvent>;
const invoicePaid = (overrides = {}): Event => stripeEvent('invoice.paid', anInvoice(overrides));
const subscribed = (overrides = {}): Event =>
  stripeEvent(
    'checkout.session.completed',
    aSession({
      mode: 'subscription',
      subscription: 'sub_1',
      invoice: 'in_1',
      payment_intent: null,
      metadata: CODE,
      ...overrides,
    }),
  );
const linked = (invoice?: string, intent?: string): Event =>
  stripeEvent('invoice_payment.paid', anInvoicePayment(invoice, intent));
const refunded = (minor: number, overrides = {}): Event => stripeEvent('charge.refunded', aCharge(minor, overrides));
const disputed = (status: string, overrides = {}): Event =>
  stripeEvent('charge.dispute.closed', aDispute(status, overrides));

const statusOf = async (event: Event) => {
  const known = await house.events.find('shop', event.id);
  return [known?.status, known?.reason].join(' ');
};
const saleOf = (orderId = 'in_1') => house.conversions.find('shop', orderId);
const refundsOf = async (orderId = 'in_1') =>
  ((await house.conversions.findOrder('shop', orderId))?.refunds ?? []).map(({ refundId, amountMinor, kind }) => [
    refundId,
    amountMinor,
    kind,
  ]);

describe('a subscription', () => {
  it('of which the first sale was split is split alike ever after', async () => {
    await house.send(subscribed());
    await house.send(invoicePaid());
    const first = await saleOf();
    const credits = [
      { partnerId: 'mira', shareBps: 6_000 },
      { partnerId: 'noor', shareBps: 4_000 },
    ];
    const find = house.conversions.find;
    Object.assign(house.conversions, {
      find: async (programId: string, orderId: string) =>
        orderId === 'in_1' ? { ...first, partnerId: undefined, credits } : find(programId, orderId),
    });
    await house.send(invoicePaid({ id: 'in_2' }));
    expect((await saleOf('in_2'))?.credits).toEqual(credits);
  });

  it('is credited by the checkout that its first invoice may overtake', async () => {
    const first = invoicePaid();
    await house.send(first);
    expect(await statusOf(first)).toBe('waiting touch_not_known');
    await house.send(subscribed());
    expect(await statusOf(first)).toBe('done record_conversion');
    expect(await saleOf()).toMatchObject({ partnerId: 'mira', amountMinor: 10_000n, customerId: 'cus_1' });
  });

  it('stays with whoever has its first sale, whatever is clicked later', async () => {
    await house.send(subscribed());
    await house.send(invoicePaid());
    await house.reattribute({
      programId: 'shop',
      orderId: 'in_1',
      partnerId: 'noor',
      reason: 'x',
      reattributionId: 'r',
      by: 'p',
    });
    await house.send(invoicePaid({ id: 'in_2', billing_reason: 'subscription_cycle', metadata: CODE }));
    expect(await saleOf('in_2')).toMatchObject({ partnerId: 'noor' });
  });

  it('of which the first sale was voided names nobody any more', async () => {
    await house.send(subscribed());
    await house.send(invoicePaid());
    const voided = { ...(await saleOf()), earnsNothing: 'fraud_void' };
    const find = house.conversions.find;
    Object.assign(house.conversions, {
      find: async (programId: string, orderId: string) => (orderId === 'in_1' ? voided : find(programId, orderId)),
    });
    await house.send(invoicePaid({ id: 'in_2' }));
    // Neither by name nor by what is remembered of the checkout.
    expect(await saleOf('in_2')).toMatchObject({ partnerId: undefined, attribution: { why: 'no_touch' } });
    await house.rememberTouches({ programId: 'shop', customerId: 'cus_1', clickToken: 'genuine/noor' });
    await house.send(invoicePaid({ id: 'in_3' }));
    expect(await saleOf('in_3')).toMatchObject({ partnerId: 'noor' });
  });

  it('of which the first sale is held waits for the decision with what follows', async () => {
    await house.send(subscribed());
    await house.send(invoicePaid());
    const first = await saleOf();
    const held: { earnsNothing?: string } = { earnsNothing: 'fraud_hold' };
    const find = house.conversions.find;
    Object.assign(house.conversions, {
      find: async (programId: string, orderId: string) =>
        orderId === 'in_1' ? { ...first, ...held } : find(programId, orderId),
    });
    const second = invoicePaid({ id: 'in_2' });
    await house.send(second);
    expect(await statusOf(second)).toBe('waiting first_sale_held');
    delete held.earnsNothing;
    house.now.ms += HOUR_MS;
    await house.sweep();
    expect(await saleOf('in_2')).toMatchObject({ partnerId: 'mira' });
  });

  it('is credited as at its checkout when a trial lies between that and the money', async () => {
    await house.send(subscribed({ metadata: { ts_click: 'genuine/mira' } }));
    const paidAt = Date.parse('2026-03-01T00:00:00Z') / 1_000;
    await house.send(invoicePaid({ status_transitions: { paid_at: paidAt } }));
    expect(await saleOf()).toMatchObject({ partnerId: 'mira' });
  });

  it('that nobody brought is recorded without a partner after an hour', async () => {
    const first = invoicePaid();
    await house.send(first);
    expect(await house.sweep()).toEqual({ looked: 0, unfinished: 0 });
    house.now.ms += HOUR_MS;
    expect(await house.sweep()).toEqual({ looked: 1, unfinished: 0 });
    expect(await statusOf(first)).toBe('done record_conversion');
    expect((await saleOf())?.partnerId).toBeUndefined();
  });

  it('is recorded by the next sweep however many wait beside it, also behind some that cannot be processed', async () => {
    const first = Array.from({ length: 650 }, (_, index) =>
      invoicePaid({ id: `in_${index}`, parent: null, customer: `cus_${index}` }),
    );
    for (const event of first) await house.send(event);
    house.now.ms += HOUR_MS;
    const find = house.conversions.find;
    Object.assign(house.conversions, {
      find: async (programId: string, orderId: string) => {
        if (orderId === 'in_0') throw new Error('out of order');
        return find(programId, orderId);
      },
    });
    expect(await house.sweep()).toEqual({ looked: 650, unfinished: 1 });
    expect(await statusOf(first[649] as Event)).toBe('done record_conversion');
  });

  it('waits for nobody when its checkout named nobody', async () => {
    await house.send(subscribed({ metadata: {} }));
    const first = invoicePaid();
    await house.send(first);
    expect(await statusOf(first)).toBe('done record_conversion');
  });
});

describe('an event of a shape that nobody knows', () => {
  it('is listed with what to do, and acted on once Stripe sends it again as it should be', async () => {
    const broken = invoicePaid({ amount_paid: 'much', metadata: CODE });
    await house.send(broken);
    expect(await statusOf(broken)).toBe('failed shape_not_known');
    expect((await house.events.find('shop', broken.id))?.detail).toMatch(/send it again/);
    await house.send({ ...broken, data: invoicePaid({ metadata: CODE }).data });
    expect(await statusOf(broken)).toBe('done record_conversion');
  });
});

describe('a refund', () => {
  const sold = async (): Promise<void> => {
    await house.send(invoicePaid({ metadata: CODE }));
    await house.send(linked());
  };

  it('takes back the difference to what was taken before, without its tax, and exactly all in the end', async () => {
    await sold();
    for (const minor of [1_001, 3_333, 12_000]) await house.send(refunded(minor));
    expect(await refundsOf()).toEqual([
      ['ch_1:1001', 834n, 'refund'],
      ['ch_1:12000', 7_222n, 'refund'],
      ['ch_1:3333', 1_944n, 'refund'],
    ]);
    expect((await saleOf())?.refundedMinor).toBe(10_000n);
  });

  it('counts once when it comes twice, late or under another event', async () => {
    await sold();
    const [small, large] = [refunded(3_000), refunded(6_000)];
    await house.send(large);
    await house.send(small);
    await house.send(large);
    await house.send(refunded(6_000));
    expect(await statusOf(small)).toBe('done already_counted');
    expect(await refundsOf()).toEqual([['ch_1:6000', 5_000n, 'refund']]);
  });

  it('waits for its sale and for what ties them', async () => {
    const refund = refunded(6_000);
    await house.send(refund);
    expect(await statusOf(refund)).toBe('waiting sale_not_known');
    await house.send(linked());
    expect(await statusOf(refund)).toBe('waiting sale_not_known');
    await house.send(invoicePaid({ metadata: CODE }));
    expect(await statusOf(refund)).toBe('done record_refund');
    expect((await saleOf())?.refundedMinor).toBe(5_000n);
  });

  it('finds the sale through an invoice of before 2025 and through a checkout', async () => {
    await house.send(stripeEvent('invoice.paid', anOldInvoice({ metadata: CODE })));
    await house.send(refunded(12_000, { payment_intent: null, invoice: 'in_1' }));
    expect((await saleOf())?.refundedMinor).toBe(10_000n);
    await house.send(stripeEvent('checkout.session.completed', aSession({ payment_intent: 'pi_9', metadata: CODE })));
    await house.send(refunded(6_000, { id: 'ch_9', payment_intent: 'pi_9' }));
    expect((await saleOf('pi_9'))?.refundedMinor).toBe(5_000n);
  });

  const outwaited = async (): Promise<Event> => {
    const refund = refunded(6_000);
    await house.send(refund);
    for (let hour = 0; hour < 73; hour += 1) {
      house.now.ms += HOUR_MS;
      await house.sweep();
    }
    expect(await statusOf(refund)).toBe('failed sale_not_known');
    return refund;
  };

  it('that was given up because its sale did not come is taken up when it comes after all', async () => {
    const refund = await outwaited();
    await sold();
    expect(await statusOf(refund)).toBe('done record_refund');
    expect(await refundsOf()).toEqual([['ch_1:6000', 5_000n, 'refund']]);
  });

  it('is listed as failed once its sale did not come in three days, and taken up again by hand', async () => {
    const refund = await outwaited();
    Object.assign(house.events, { waitingFor: async () => [] });
    expect((await house.events.list('shop', 'failed', { limit: 10 })).items).toHaveLength(1);
    await sold();
    expect(await house.retryEvent({ programId: 'shop', eventId: refund.id })).toMatchObject({ status: 'done' });
    await expect(house.retryEvent({ programId: 'shop', eventId: refund.id })).rejects.toMatchObject({
      code: 'stripe_event_settled',
    });
  });

  it('that the merchant recorded too is refused whole and listed', async () => {
    await sold();
    const by = { programId: 'shop', orderId: 'in_1', amountMinor: 6_000n, kind: 'refund' } as const;
    await house.recordRefund({ ...by, refundId: 'own', occurredAt: (await saleOf())?.occurredAt as never });
    const refund = refunded(12_000);
    await house.send(refund);
    expect(await statusOf(refund)).toBe('failed refund_exceeds_sale');
  });

  it('in another currency than its sale is listed, not guessed', async () => {
    await sold();
    const refund = refunded(6_000, { currency: 'eur' });
    await house.send(refund);
    expect(await statusOf(refund)).toBe('failed currency_differs');
  });
});

describe('a dispute', () => {
  it('takes what is left of the sale once it is lost, and nothing while it is open or won', async () => {
    await house.send(invoicePaid({ metadata: CODE }));
    await house.send(linked());
    await house.send(refunded(3_000));
    await house.send(stripeEvent('charge.dispute.funds_withdrawn', aDispute('needs_response')));
    const won = disputed('won', { id: 'dp_0' });
    await house.send(won);
    expect(await statusOf(won)).toBe('done dispute_not_lost');
    expect((await saleOf())?.refundedMinor).toBe(2_500n);
    await house.send(disputed('lost'));
    expect(await refundsOf()).toEqual([
      ['ch_1:3000', 2_500n, 'refund'],
      ['dp_1', 7_500n, 'chargeback'],
    ]);
    const later = refunded(12_000);
    await house.send(later);
    expect(await statusOf(later)).toBe('done taken_back_already');
  });

  it('that was lost and is won after all is listed for an adjustment, with what was taken and of which sale', async () => {
    await house.send(invoicePaid({ metadata: CODE }));
    await house.send(linked());
    await house.send(disputed('lost'));
    const reinstated = stripeEvent('charge.dispute.funds_reinstated', aDispute('won'));
    await house.send(reinstated);
    expect(await statusOf(reinstated)).toBe('failed reinstated_after_loss');
    expect((await house.events.find('shop', reinstated.id))?.detail).toMatch(/dp_1 .* in_1 .*adjustment/);
    expect((await saleOf())?.refundedMinor).toBe(10_000n);
  });
});

describe('a crash', () => {
  const story = (): Event[] => [
    subscribed(),
    invoicePaid(),
    linked(),
    refunded(6_000),
    disputed('lost', { amount: 3_000 }),
  ];
  const expected = { refundedMinor: 7_500n, partnerId: 'mira', amountMinor: 10_000n };
  const steps = ['add', 'plan', 'settle', 'recordConversion', 'recordRefund', 'rememberTouch', 'link'];
  const cases = steps.flatMap((step) => [[step, 'before'] as const, [step, 'after'] as const]);

  it.each(cases)('at %s, %s it, is finished once by sending the event again', async (step, when) => {
    for (const event of story()) {
      house.crash(step, when === 'before');
      await house.send(event).catch(() => house.send(event));
    }
    expect(house.crashes()).toBeGreaterThan(0);
    expect(await saleOf()).toMatchObject(expected);
    expect(await refundsOf()).toHaveLength(2);
  });

  it.each(cases.filter(([step]) => step !== 'add'))(
    'at %s, %s it, is finished once by the sweep',
    async (step, when) => {
      for (const event of story()) {
        house.crash(step, when === 'before');
        await house.send(event).catch(() => undefined);
        house.now.ms += 3 * 60_000;
        await house.sweep();
      }
      house.now.ms += HOUR_MS;
      await house.sweep();
      expect(await saleOf()).toMatchObject(expected);
      expect(await refundsOf()).toHaveLength(2);
    },
  );

  it('does no harm when everything comes twice at once and in any order', async () => {
    const events = story();
    for (const order of [events, [...events].reverse()]) {
      house = await aStripeHouse();
      const sent = order.flatMap((event) => [house.send(event), house.send(event)]);
      await Promise.allSettled(sent);
      house.now.ms += HOUR_MS;
      await house.sweep();
      await house.sweep();
      expect(await saleOf()).toMatchObject(expected);
      expect(await refundsOf()).toHaveLength(2);
    }
  });
});

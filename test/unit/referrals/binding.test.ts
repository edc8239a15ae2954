import { describe, expect, it } from 'vitest';
import { makeBindByHold } from '#shared/application/referrals/holds/bind-by-hold';
import type { DecideHold } from '#shared/application/referrals/holds/decide-hold';
import type { Hold } from '#shared/application/referrals/holds/hold-ports';
import type { RecordConversionInput } from '#shared/application/referrals/sales/record-conversion';
import { anAttributionHouse } from '#test/support/attribution-house';
import { instant } from '#test/support/builders/referrals';
import { aSaleInput, EMAIL_OF_MIRA, NOW } from '#test/support/referrals-house';

const of = { programId: 'shop', customerId: 'c1' };
const asked = { ...of, reason: 'They met at the fair', by: 'person:manager' };
const sale = (orderId: string, occurredAt: string, more: Partial<RecordConversionInput> = {}): RecordConversionInput =>
  aSaleInput({ orderId, occurredAt: instant(occurredAt), ...more });

describe('binding a customer by its first sale', () => {
  it('gives a later sale that comes with nothing to the partner of the first', async () => {
    const house = anAttributionHouse({ bindCustomers: 'first_sale' });
    await house.recordConversion(sale('o1', '2026-01-15T12:00:00Z', { code: 'TALLY10' }));
    const { conversion } = await house.recordConversion(sale('o2', '2028-06-01T00:00:00Z'));
    expect(conversion).toMatchObject({
      partnerId: 'mira',
      attribution: {
        why: 'bound_customer',
        touches: [{ kind: 'binding', reference: 'o1', partnerId: 'mira', outcome: 'won' }],
      },
    });
    expect(await house.partnerOf(of)).toMatchObject({ partnerId: 'mira', since: '2026-01-15T12:00:00.000Z' });
  });

  it('binds nobody where sales do not bind, and weighs no binding that a sale made once they do not any more', async () => {
    const house = anAttributionHouse();
    await house.recordConversion(sale('o1', '2026-01-15T12:00:00Z', { code: 'TALLY10' }));
    expect((await house.partnerOf(of)).bindings).toEqual([]);
    house.set({ bindCustomers: 'first_sale' });
    await house.recordConversion(sale('o2', '2026-01-15T13:00:00Z', { code: 'TALLY10' }));
    house.set({ bindCustomers: 'never' });
    expect((await house.recordConversion(sale('o3', '2026-01-15T14:00:00Z'))).conversion.partnerId).toBeUndefined();
    expect(await house.partnerOf(of)).toMatchObject({ partnerId: undefined, bindings: [{ orderId: 'o2' }] });
  });

  it('keeps the first partner when later sales come through others, by codes, clicks or the merchant', async () => {
    const house = anAttributionHouse({ bindCustomers: 'first_sale' });
    await house.recordConversion(sale('o1', '2026-01-15T12:00:00Z', { code: 'TALLY10' }));
    const later = await house.recordConversion(sale('o2', '2026-01-16T12:00:00Z', { clickToken: 'genuine/noor' }));
    expect(later.conversion).toMatchObject({ partnerId: 'mira', attribution: { why: 'binding_beats_touches' } });
    const named = await house.recordConversion(sale('o3', '2026-01-17T12:00:00Z', { partnerId: 'noor' }));
    expect(named.conversion).toMatchObject({ partnerId: 'noor', attribution: { why: 'named_by_merchant' } });
    house.set({ bindCustomers: 'first_sale', bindingBeatsTouches: false });
    const touched = await house.recordConversion(sale('o4', '2026-01-18T12:00:00Z', { clickToken: 'genuine/noor' }));
    expect(touched.conversion).toMatchObject({ partnerId: 'noor', attribution: { why: 'touches_beat_binding' } });
    expect(await house.partnerOf(of)).toMatchObject({ partnerId: 'mira', bindings: [{ number: 1, orderId: 'o1' }] });
  });

  it('is not made by a sale that nobody can claim or that earns nothing, nor for a sale of before it', async () => {
    const house = anAttributionHouse({ bindCustomers: 'first_sale' });
    await house.recordConversion(sale('o1', '2026-01-15T12:00:00Z'));
    await house.recordConversion(sale('o2', '2026-01-15T13:00:00Z', { partnerId: 'mira', customerId: 'mira' }));
    expect((await house.partnerOf({ ...of, customerId: 'mira' })).bindings).toEqual([]);
    await house.recordConversion(sale('o3', '2026-01-15T14:00:00Z', { code: 'TALLY10' }));
    const before = await house.recordConversion(sale('o4', '2026-01-15T13:30:00Z', { partnerId: 'noor' }));
    expect(before.conversion.partnerId).toBe('noor');
    const uncovered = await house.recordConversion(sale('o5', '2026-01-15T13:45:00Z'));
    expect(uncovered.conversion.partnerId).toBeUndefined();
    expect((await house.partnerOf(of)).bindings).toMatchObject([{ number: 1, partnerId: 'mira', orderId: 'o3' }]);
  });

  it('ends after its months on the wall clock; the next attributed sale binds anew', async () => {
    const house = anAttributionHouse({ bindCustomers: 'first_sale', bindingMonths: 1 });
    await house.recordConversion(sale('o1', '2026-01-31T12:00:00Z', { code: 'TALLY10' }));
    const last = await house.recordConversion(sale('o2', '2026-02-28T11:59:59.999Z'));
    expect(last.conversion.partnerId).toBe('mira');
    const over = await house.recordConversion(sale('o3', '2026-02-28T12:00:00Z'));
    expect(over.conversion).toMatchObject({
      partnerId: undefined,
      attribution: { why: 'no_valid_touch', touches: [{ kind: 'binding', rejected: 'binding_ended' }] },
    });
    await house.recordConversion(sale('o4', '2026-03-01T00:00:00Z', { partnerId: 'noor' }));
    expect((await house.recordConversion(sale('o5', '2026-03-02T00:00:00Z'))).conversion.partnerId).toBe('noor');
    house.moveClock('2026-02-01T00:00:00Z');
    expect(await house.partnerOf(of)).toMatchObject({ partnerId: 'mira', until: '2026-02-28T12:00:00.000Z' });
  });

  it('leaves past decisions and the rules they were made by when settings change', async () => {
    const house = anAttributionHouse({ bindCustomers: 'first_sale', windowDays: 5 });
    const input = sale('o1', '2026-01-15T12:00:00Z', { clickTokens: ['genuine/noor'], code: 'TALLY10' });
    const { conversion } = await house.recordConversion(input);
    house.set({ model: 'first_touch', windowDays: 1, codeBeatsLink: false, newCustomersOnly: true }, 7);
    expect(await house.recordConversion(input)).toEqual({ conversion, repeated: true });
    expect(conversion.attribution).toMatchObject({
      why: 'code_beats_link',
      rules: { model: 'last_touch', windowDays: 5, codeBeatsLink: true, bindCustomers: 'first_sale' },
      settingsVersion: 0,
    });
    const { conversion: next } = await house.recordConversion({ ...input, orderId: 'o2' });
    expect(next.attribution).toMatchObject({ rules: { windowDays: 1, model: 'first_touch' }, settingsVersion: 7 });
  });
});

describe('a binding and a hold', () => {
  const decided = (house: ReturnType<typeof anAttributionHouse>, orderId: string): DecideHold =>
    makeBindByHold({ ...house, clock: () => NOW, pause: async () => undefined, random: () => 0 }, async () => {
      const order = await house.conversions.findOrder('shop', orderId);
      if (!order) throw new Error('no such order');
      return { ...order, hold: {} as Hold };
    });
  const said = { programId: 'shop', decisionId: 'd1', by: 'person:manager', reason: 'I called them' };

  it('binds by a sale once it is released, once', async () => {
    const house = anAttributionHouse();
    await house.recordConversion(sale('o1', '2026-01-15T12:00:00Z', { partnerId: 'mira' }));
    house.set({ bindCustomers: 'first_sale' });
    const release = { ...said, orderId: 'o1', decision: 'release' } as const;
    for (let repeat = 0; repeat < 2; repeat += 1) await decided(house, 'o1')(release);
    expect(await house.partnerOf(of)).toMatchObject({
      partnerId: 'mira',
      orderId: 'o1',
      bindings: [{ number: 1, from: '2026-01-15T12:00:00.000Z' }],
      changes: [{ number: 1, by: 'person:manager', reason: 'I called them', after: 'mira' }],
    });
  });

  it('unbinds the customer of a sale that is voided, unless somebody else has it by now', async () => {
    const house = anAttributionHouse({ bindCustomers: 'first_sale' });
    await house.recordConversion(sale('o1', '2026-01-15T12:00:00Z', { partnerId: 'mira' }));
    const voided = { ...said, orderId: 'o1', decision: 'void' } as const;
    for (let repeat = 0; repeat < 2; repeat += 1) await decided(house, 'o1')(voided);
    expect(await house.partnerOf(of)).toMatchObject({ partnerId: undefined, changes: [{ number: 2, before: 'mira' }] });
    await house.bind({ ...asked, partnerId: 'noor' });
    await decided(house, 'o1')(voided);
    expect((await house.partnerOf(of)).partnerId).toBe('noor');
  });
});

describe('binding a customer by hand', () => {
  it('holds from then on only, whatever sales do, and is kept with who and why', async () => {
    const house = anAttributionHouse();
    const bound = await house.bind({ ...asked, partnerId: 'mira' });
    expect(bound).toMatchObject({
      partnerId: 'mira',
      since: '2026-01-16T00:00:00.000Z',
      changes: [{ number: 1, by: 'person:manager', reason: 'They met at the fair', before: undefined, after: 'mira' }],
    });
    expect((await house.recordConversion(sale('o1', '2026-01-15T23:59:59Z'))).conversion.partnerId).toBeUndefined();
    expect((await house.recordConversion(sale('o2', '2026-01-16T00:00:00Z'))).conversion).toMatchObject({
      partnerId: 'mira',
      attribution: { why: 'bound_customer', touches: [{ kind: 'binding', reference: undefined }] },
    });
  });

  it('moves a customer between partners and to nobody; each sale finds whom it had then', async () => {
    const house = anAttributionHouse({ bindCustomers: 'first_sale' });
    await house.recordConversion(sale('o1', '2026-01-15T12:00:00Z', { partnerId: 'mira' }));
    await house.bind({ ...asked, partnerId: 'noor' });
    house.moveClock('2026-02-01T00:00:00Z');
    const unbound = await house.bind({ ...asked, partnerId: undefined, reason: 'Left noor' });
    expect(unbound).toMatchObject({
      partnerId: undefined,
      changes: [{ before: 'noor' }, { before: 'mira', after: 'noor' }],
    });
    const partnerThen = async (orderId: string, at: string): Promise<string | undefined> =>
      (await house.recordConversion(sale(orderId, at))).conversion.partnerId;
    expect(await partnerThen('o2', '2026-01-15T18:00:00Z')).toBe('mira');
    expect(await partnerThen('o3', '2026-01-20T00:00:00Z')).toBe('noor');
    expect(await partnerThen('o4', '2026-02-02T00:00:00Z')).toBeUndefined();
    await house.recordConversion(sale('o5', '2026-02-03T00:00:00Z', { partnerId: 'mira' }));
    expect(await partnerThen('o6', '2026-02-04T00:00:00Z')).toBe('mira');
  });

  it('to nobody is not undone by a sale of before that is recorded later', async () => {
    const house = anAttributionHouse({ bindCustomers: 'first_sale', bindingMonths: 1 });
    await house.recordConversion(sale('o1', '2026-01-15T12:00:00Z', { partnerId: 'mira' }));
    house.moveClock('2026-03-10T00:00:00Z');
    await house.bind({ ...asked, partnerId: undefined, reason: 'Left mira' });
    await house.recordConversion(sale('o2', '2026-03-05T00:00:00Z', { partnerId: 'mira' }));
    expect((await house.partnerOf(of)).partnerId).toBeUndefined();
    expect((await house.recordConversion(sale('o3', '2026-03-11T00:00:00Z'))).conversion.partnerId).toBeUndefined();
  });

  it('changes nothing when it says what was said, and outlasts the months of a sale', async () => {
    const house = anAttributionHouse({ bindCustomers: 'first_sale', bindingMonths: 1 });
    await house.recordConversion(sale('o1', '2026-01-15T12:00:00Z', { partnerId: 'mira' }));
    for (let repeat = 0; repeat < 3; repeat += 1) await house.bind({ ...asked, partnerId: 'mira' });
    expect((await house.partnerOf(of)).changes).toHaveLength(1);
    expect((await house.recordConversion(sale('o2', '2027-01-15T12:00:00Z'))).conversion.partnerId).toBe('mira');
  });

  it('refuses a partner that is not enrolled, and one that is the customer', async () => {
    const house = anAttributionHouse();
    await expect(house.bind({ ...asked, partnerId: 'nobody' })).rejects.toMatchObject({
      code: 'unknown_partner',
      errors: [{ pointer: '/partnerId' }],
    });
    await expect(
      house.bind({ ...asked, customerId: 'MIRA@partners.example', partnerId: 'mira' }),
    ).rejects.toMatchObject({ code: 'binding_refused' });
    await house.bind({ ...asked, customerId: 'someone@shop.example', partnerId: 'mira' });
    const { customerId } = await house.partnerOf({ ...of, customerId: 'Someone@shop.example' });
    expect(customerId).toMatch(/^[0-9a-f]{64}$/);
    expect(customerId).not.toBe(EMAIL_OF_MIRA);
  });

  it('refuses a partner that the caller acts for, and leaves it to others', async () => {
    const house = anAttributionHouse();
    const own = { ...asked, partnerId: 'mira', ownPartners: ['mira'] };
    const refused = { code: 'binding_refused', errors: [{ pointer: '/partnerId' }] };
    await expect(house.bind(own)).rejects.toMatchObject(refused);
    expect((await house.partnerOf(of)).partnerId).toBeUndefined();
    expect(await house.bind({ ...own, partnerId: 'noor' })).toMatchObject({ partnerId: 'noor' });
  });

  it('tries again when a sale binds the customer in between, and says whom it had', async () => {
    const house = anAttributionHouse({ bindCustomers: 'first_sale' });
    let isFirst = true;
    const racing = anAttributionHouse(
      { bindCustomers: 'first_sale' },
      {
        ...house,
        bindings: {
          ...house.bindings,
          save: async (...given) => {
            if (isFirst) await house.recordConversion(sale('o1', '2026-01-15T12:00:00Z', { partnerId: 'mira' }));
            isFirst = false;
            return house.bindings.save(...given);
          },
        },
      },
    );
    const { changes } = await racing.bind({ ...asked, partnerId: 'noor' });
    expect(changes).toMatchObject([{ number: 2, before: 'mira', after: 'noor' }]);
  });
});

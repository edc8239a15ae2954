import { describe, expect, it } from 'vitest';
import { MAX_TOUCHES_KEPT, rememberTouches } from '#shared/domain/tracking/remembered-touches';
import { anAttributionHouse } from '#test/support/attribution-house';
import { instant } from '#test/support/builders/referrals';
import { aSaleInput, NOW } from '#test/support/referrals-house';

const of = { programId: 'shop', customerId: 'c1' };
const DAY_MS = 86_400_000;
const clickOn = (day: number, partnerId = 'noor'): string => `genuine/${partnerId}/shop/click-${day}/2026-01-${day}`;

describe('remembering how a customer came', () => {
  it('weighs a click of the sign-up at a sale that carries nothing', async () => {
    const house = anAttributionHouse();
    const { touches, keptUntil } = await house.remember({ ...of, clickToken: clickOn(14) });
    expect(touches).toMatchObject([{ kind: 'link', reference: 'spring', partnerId: 'noor', clickId: 'click-14' }]);
    expect(keptUntil).toBe('2026-02-14T00:00:00.000Z');
    const { conversion } = await house.recordConversion(aSaleInput());
    expect(conversion).toMatchObject({ partnerId: 'noor', attribution: { why: 'only_touch' } });
    const late = await house.recordConversion(
      aSaleInput({ orderId: 'o2', occurredAt: instant('2026-02-14T00:00:00Z') }),
    );
    expect(late.conversion.attribution.touches).toMatchObject([{ clickId: 'click-14', rejected: 'outside_window' }]);
  });

  it('weighs what is remembered beside what the sale carries, a click in both once', async () => {
    const house = anAttributionHouse();
    await house.remember({ ...of, clickTokens: [clickOn(12, 'mira'), clickOn(14)] });
    await house.remember({ ...of, clickTokens: [clickOn(14)] });
    const { conversion } = await house.recordConversion(aSaleInput({ clickTokens: [clickOn(14), clickOn(11)] }));
    expect(conversion.attribution.touches.map(({ clickId, outcome }) => [clickId, outcome])).toEqual([
      ['click-11', 'outweighed'],
      ['click-12', 'outweighed'],
      ['click-14', 'won'],
    ]);
    expect(conversion.attribution.why).toBe('last_touch');
  });

  it('reads the field as the snippet fills it: several clicks in one text', async () => {
    const house = anAttributionHouse();
    const field = `${clickOn(11, 'mira')} ${clickOn(13)}`;
    const { conversion } = await house.recordConversion(aSaleInput({ clickToken: field }));
    expect(conversion).toMatchObject({ partnerId: 'noor', attribution: { why: 'last_touch' } });
    const { touches } = await house.remember({ ...of, clickToken: field });
    expect(touches.map(({ clickId }) => clickId)).toEqual(['click-11', 'click-13']);
  });

  it('judges a code by when it was entered, and lets it leave the window', async () => {
    const house = anAttributionHouse();
    const at = instant('2026-01-09T00:00:00Z');
    expect((await house.remember({ ...of, code: 'ended', at })).touches).toMatchObject([
      { reference: 'ENDED', at: Date.parse(at) },
    ]);
    expect((await house.remember({ ...of, code: 'ended' })).touches).toMatchObject([
      { rejected: 'code_not_valid_then' },
    ]);
    const decided = async (orderId: string, occurredAt: string) =>
      (await house.recordConversion(aSaleInput({ orderId, occurredAt: instant(occurredAt) }))).conversion;
    expect(await decided('o1', '2026-01-20T00:00:00Z')).toMatchObject({ partnerId: 'mira' });
    expect(await decided('o2', '2026-02-20T00:00:00Z')).toMatchObject({ partnerId: undefined });
  });

  it('answers what cannot count with its reason, and keeps nothing of it', async () => {
    const house = anAttributionHouse();
    const answer = await house.remember({
      ...of,
      clickTokens: ['forged', 'genuine/noor/other-shop', 'genuine/noor/shop/old/2025-12-01'],
      code: 'NOPE',
    });
    expect(answer.touches.map(({ rejected }) => rejected)).toEqual([
      'unknown_code',
      'token_not_genuine',
      'other_program',
      'outside_window',
    ]);
    expect(answer.keptUntil).toBeUndefined();
    expect(await house.touches.read(of)).toEqual({ touches: [], revision: 0 });
  });

  it('refuses a time to come and a programme that does not exist', async () => {
    const house = anAttributionHouse();
    const toCome = { ...of, code: 'TALLY10', at: instant('2026-01-16T00:05:01Z') };
    await expect(house.remember(toCome)).rejects.toMatchObject({
      code: 'invalid_request',
      errors: [{ pointer: '/at' }],
    });
    await expect(house.remember({ ...of, programId: 'none', code: 'X' })).rejects.toMatchObject({
      code: 'unknown_program',
    });
  });

  it('keeps all of what is sent at once', async () => {
    const house = anAttributionHouse();
    await Promise.all([10, 11, 12, 13, 14].map((day) => house.remember({ ...of, clickToken: clickOn(day) })));
    expect((await house.touches.read(of)).touches).toHaveLength(5);
  });
});

describe('what is kept of a customer', () => {
  const click = (ageInDays: number, clickId = `click-${ageInDays}`) =>
    ({ kind: 'link', partnerId: 'noor', at: NOW - ageInDays * DAY_MS, clickId }) as const;

  it('is bounded: the first and the newest stay', () => {
    const many = Array.from({ length: 40 }, (_, age) => click(age));
    const kept = rememberTouches(many.slice(0, 30), many.slice(30), NOW, { windowDays: 90 });
    expect(kept).toHaveLength(MAX_TOUCHES_KEPT);
    expect(kept[0]).toEqual(click(39));
    expect(kept[1]).toEqual(click(MAX_TOUCHES_KEPT - 2));
    expect(kept.at(-1)).toEqual(click(0));
  });

  it('leaves out what has left the window', () => {
    expect(rememberTouches([click(31), click(30)], [click(2)], NOW, { windowDays: 30 })).toEqual([click(30), click(2)]);
  });
});

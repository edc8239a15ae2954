import { describe, expect, it } from 'vitest';
import { type AttributionRules, attribute, type Touch } from '#shared/domain/tracking/attribution';

const SOLD_AT = Date.parse('2026-03-31T12:00:00Z');
const DAY_MS = 86_400_000;
const rules: AttributionRules = { model: 'last_touch', windowDays: 30, codeBeatsLink: true };

const partner: Touch = { kind: 'partner', reference: 'noor', partnerId: 'noor' };
const code: Touch = { kind: 'code', reference: 'TALLY', partnerId: 'mira', at: SOLD_AT };
const linkClicked = (daysBefore: number, partnerId = 'ada'): Touch => ({
  kind: 'link',
  reference: `link-of-${partnerId}`,
  partnerId,
  at: SOLD_AT - daysBefore * DAY_MS,
  clickId: `click-of-${partnerId}`,
});

const decide = (touches: readonly Touch[], overrides: Partial<AttributionRules> = {}) =>
  attribute(touches, SOLD_AT, { ...rules, ...overrides });

describe('attribution', () => {
  it('lets what the merchant asserts outrank code and link', () => {
    const decision = decide([linkClicked(1), code, partner]);
    expect([decision.partnerId, decision.why]).toEqual(['noor', 'named_by_merchant']);
    expect(decision.touches.map((touch) => touch.outcome)).toEqual(['won', 'outweighed', 'outweighed']);
  });

  it('weighs code against link as the programme says', () => {
    const both = [code, linkClicked(1)];
    expect(decide(both)).toMatchObject({ partnerId: 'mira', why: 'code_beats_link' });
    expect(decide(both, { codeBeatsLink: false })).toMatchObject({ partnerId: 'ada', why: 'link_beats_code' });
  });

  it('takes the only touch there is', () => {
    expect(decide([linkClicked(3)])).toMatchObject({ partnerId: 'ada', why: 'only_touch' });
    expect(decide([code], { codeBeatsLink: false })).toMatchObject({ partnerId: 'mira', why: 'only_touch' });
  });

  it('picks the last or the first of several links', () => {
    const clicks = [linkClicked(9, 'late'), linkClicked(20, 'early'), linkClicked(2, 'latest')];
    expect(decide(clicks)).toMatchObject({ partnerId: 'latest', why: 'last_touch' });
    expect(decide(clicks, { model: 'linear' })).toMatchObject({ partnerId: 'latest', why: 'last_touch' });
    expect(decide(clicks, { model: 'first_touch' })).toMatchObject({ partnerId: 'early', why: 'first_touch' });
  });

  it('counts a click to the last millisecond of its window and no longer', () => {
    expect(decide([linkClicked(30)]).partnerId).toBe('ada');
    const tooOld = { ...linkClicked(30), at: SOLD_AT - 30 * DAY_MS - 1 };
    expect(decide([tooOld])).toMatchObject({
      partnerId: undefined,
      why: 'no_valid_touch',
      touches: [{ outcome: 'rejected', rejected: 'outside_window' }],
    });
  });

  it('refuses a click after the sale, but forgives clocks that differ by minutes', () => {
    const at = (ms: number): Touch => ({ ...linkClicked(0), at: SOLD_AT + ms });
    expect(decide([at(5 * 60_000)]).partnerId).toBe('ada');
    expect(decide([at(5 * 60_000 + 1)]).touches[0]?.rejected).toBe('after_the_sale');
  });

  it('keeps what it cannot believe as a rejected touch beside the winner', () => {
    const decision = decide([{ kind: 'code', reference: 'N0PE', rejected: 'unknown_code' }, linkClicked(1)]);
    expect(decision).toMatchObject({ partnerId: 'ada', why: 'only_touch' });
    expect(decision.touches[0]).toMatchObject({ outcome: 'rejected', rejected: 'unknown_code' });
  });

  it('picks among several codes as among several links', () => {
    const codes = [code, { ...code, reference: 'EARLY', partnerId: 'ada', at: SOLD_AT - 9 * DAY_MS }];
    expect(decide(codes)).toMatchObject({ partnerId: 'mira', why: 'last_touch' });
    expect(decide(codes, { model: 'first_touch' })).toMatchObject({ partnerId: 'ada', why: 'first_touch' });
    expect(decide([...codes, linkClicked(1, 'noor')])).toMatchObject({ partnerId: 'mira', why: 'code_beats_link' });
  });

  it('lets a remembered code leave the window as a click does', () => {
    const old = { ...code, at: SOLD_AT - 30 * DAY_MS - 1 };
    expect(decide([old])).toMatchObject({ partnerId: undefined, touches: [{ rejected: 'outside_window' }] });
  });

  it('takes the greater id as the last and the smaller as the first of one instant', () => {
    const same = [linkClicked(2, 'noor'), linkClicked(2, 'ada')];
    expect(decide(same).partnerId).toBe('noor');
    expect(decide(same, { model: 'first_touch' }).partnerId).toBe('ada');
  });

  it('keeps a click once, and what the redirect saw of it', () => {
    const flagged: Touch = { ...linkClicked(2), flags: ['bot', 'paid_search'] };
    const decision = decide([flagged, flagged]);
    expect(decision).toMatchObject({ partnerId: 'ada', why: 'only_touch' });
    expect(decision.touches).toEqual([{ ...flagged, rejected: undefined, outcome: 'won' }]);
  });

  it('leaves a bound customer with its partner, unless touches may outrank the binding', () => {
    const binding: Touch = { kind: 'binding', reference: 'o1', partnerId: 'mira', at: SOLD_AT - 400 * DAY_MS };
    expect(decide([binding])).toMatchObject({ partnerId: 'mira', why: 'bound_customer' });
    expect(decide([binding, linkClicked(1)])).toMatchObject({ partnerId: 'mira', why: 'binding_beats_touches' });
    expect(decide([binding, linkClicked(1)], { bindingBeatsTouches: false })).toMatchObject({
      partnerId: 'ada',
      why: 'touches_beat_binding',
    });
    expect(decide([binding, linkClicked(31)], { bindingBeatsTouches: false })).toMatchObject({
      partnerId: 'mira',
      why: 'bound_customer',
    });
    expect(decide([binding, partner])).toMatchObject({ partnerId: 'noor', why: 'named_by_merchant' });
    expect(decide([{ ...binding, rejected: 'binding_ended' }])).toMatchObject({ why: 'no_valid_touch' });
  });

  it('leaves a sale without touch to nobody', () => {
    expect(decide([])).toEqual({ partnerId: undefined, why: 'no_touch', touches: [] });
  });
});

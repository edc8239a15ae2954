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

  it('leaves a sale without touch to nobody', () => {
    expect(decide([])).toEqual({ partnerId: undefined, why: 'no_touch', touches: [] });
  });
});

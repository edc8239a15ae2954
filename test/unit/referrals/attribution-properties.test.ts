import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type AttributionRules, attribute, type Touch } from '#shared/domain/tracking/attribution';
import { influenceOf } from '#shared/domain/tracking/influence';

const SOLD_AT = Date.parse('2026-03-31T12:00:00Z');
const DAY_MS = 86_400_000;

const rulesArbitrary: fc.Arbitrary<AttributionRules> = fc.record({
  model: fc.constantFrom('last_touch', 'first_touch', 'linear'),
  windowDays: fc.constantFrom(1, 30, 90),
  codeBeatsLink: fc.boolean(),
  bindingBeatsTouches: fc.boolean(),
});
const partnerArbitrary = fc.constantFrom('ada', 'mira', 'noor');
/** Few instants, so that ties are common. */
const atArbitrary = fc.constantFrom(-100, -40, -5, -5, 0, 1).map((days) => SOLD_AT + days * DAY_MS);
const link = fc
  .record({ partnerId: partnerArbitrary, at: atArbitrary, clickId: fc.constantFrom('a', 'b', 'c', 'd') })
  // A click says one thing, whoever sends it.
  .map(({ partnerId, at, clickId }): Touch => {
    return { kind: 'link', reference: `link-of-${partnerId}`, partnerId, at, clickId: `${clickId}${partnerId}${at}` };
  });
const code = fc
  .record({ partnerId: partnerArbitrary, at: atArbitrary })
  .map(({ partnerId, at }): Touch => ({ kind: 'code', reference: `CODE-${partnerId}`, partnerId, at }));
const other = fc.constantFrom<Touch>(
  { kind: 'binding', reference: 'o1', partnerId: 'ada', at: SOLD_AT - DAY_MS },
  { kind: 'link', rejected: 'token_not_genuine' },
  { kind: 'code', reference: 'N0PE', rejected: 'unknown_code' },
);
const touchesArbitrary = fc.array(fc.oneof(link, code, other), { maxLength: 12 });

describe('an attribution of any touches', () => {
  it('does not depend on their order, nor on how often one is given', () => {
    fc.assert(
      fc.property(touchesArbitrary, rulesArbitrary, fc.infiniteStream(fc.nat()), (touches, rules, numbers) => {
        const ranked = [...touches, ...touches].map((touch) => ({ touch, rank: numbers.next().value as number }));
        const shuffled = ranked.sort((a, b) => a.rank - b.rank).map(({ touch }) => touch);
        expect(attribute(shuffled, SOLD_AT, rules)).toEqual(attribute(touches, SOLD_AT, rules));
      }),
      { numRuns: 300 },
    );
  });

  it('has one winner that counts, or nobody', () => {
    fc.assert(
      fc.property(touchesArbitrary, rulesArbitrary, (touches, rules) => {
        const decision = attribute(touches, SOLD_AT, rules);
        const won = decision.touches.filter(({ outcome }) => outcome === 'won');
        const counted = decision.touches.filter(({ outcome }) => outcome !== 'rejected');
        expect(won.map(({ partnerId }) => partnerId)).toEqual(counted.length === 0 ? [] : [decision.partnerId]);
      }),
    );
  });

  it('shares a sale among the partners touched, exactly and by one unit at most', () => {
    fc.assert(
      fc.property(touchesArbitrary, rulesArbitrary, fc.bigInt(0n, 10n ** 15n), (touches, rules, amountMinor) => {
        const weighed = attribute(touches, SOLD_AT, rules).touches;
        const counted = weighed.filter(({ kind, outcome }) => kind !== 'binding' && outcome !== 'rejected');
        const shares = influenceOf(weighed, amountMinor);
        expect(new Set(shares.map(({ partnerId }) => partnerId))).toEqual(
          new Set(counted.map(({ partnerId }) => partnerId)),
        );
        if (shares.length === 0) return;
        const amounts = shares.map((share) => share.amountMinor).sort((a, b) => (a < b ? -1 : 1));
        expect(amounts.reduce((sum, amount) => sum + amount, 0n)).toBe(amountMinor);
        expect((amounts.at(-1) ?? 0n) - (amounts[0] ?? 0n)).toBeLessThanOrEqual(1n);
      }),
    );
  });
});

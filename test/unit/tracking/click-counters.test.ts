import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  additionsOf,
  type PlacedClick,
  partsOf,
  updateOf,
} from '#shared/adapters/dynamodb/referrals/clicks/click-counters';
import { aClickToCount } from '#test/support/builders/clicks';

const START = Date.parse('2026-01-01T00:00:00Z');
const clicks: fc.Arbitrary<PlacedClick> = fc
  .record({
    clickId: fc.uuid(),
    at: fc.integer({ min: START, max: START + 40 * 86_400_000 }),
    kind: fc.constantFrom('human' as const, 'bot' as const, 'prefetch' as const),
    slots: fc
      .subarray(['a', 'b', 'c', 'd', 'e', 'f'])
      .chain((letters) => fc.tuple(...letters.map((letter) => fc.nat(50).map((place) => `${letter}${place}`)))),
  })
  .map(({ slots, ...click }) => ({ ...aClickToCount(click), slots }));

describe('counting in parts', () => {
  it('leaves out no click and stays within the limits of DynamoDB, whatever comes', () => {
    fc.assert(
      fc.property(fc.array(clicks, { maxLength: 300 }), (all) => {
        const parts = partsOf(all);
        expect(
          parts
            .flat()
            .map((click) => click.clickId)
            .sort(),
        ).toEqual(all.map((click) => click.clickId).sort());
        for (const part of parts) {
          const newcomers = new Set(part.map((click) => click.clickId));
          const updates = additionsOf(part, newcomers, { link: 63, partner: 511 }).map((addition) =>
            updateOf('Referrals', addition),
          );
          // The end of the counting is one more item.
          expect(updates.length).toBeLessThanOrEqual(99);
          for (const { UpdateExpression, ExpressionAttributeValues } of updates) {
            expect(UpdateExpression.length).toBeLessThanOrEqual(4_096);
            expect(Object.keys(ExpressionAttributeValues).length).toBeLessThanOrEqual(300);
          }
        }
      }),
      { numRuns: 40 },
    );
  });

  it('counts an ordinary delivery of one link in one part', () => {
    const countries = Array.from({ length: 500 }, (_, index) => ({
      ...aClickToCount({ clickId: `c${index}` }),
      slots: [`f${index % 51}`],
    }));
    expect(partsOf(countries)).toHaveLength(1);
    expect(partsOf([])).toEqual([]);
  });
});

import type { ConversionFact, ReferralFacts } from '#shared/application/referral-facts';
import type { Plan } from '#shared/domain/plan';
import type { MaturedConversion } from '#shared/domain/statement';

/** Conversions whose customers are asked for together: as many keys as one batch read takes. */
const CHUNK = 100;
/** First purchases that a shard remembers; a customer comes back more often than that many others pass. */
const MAX_REMEMBERED = 10_000;

export type Purchases = (
  conversions: AsyncIterable<ConversionFact>,
  needsFirstPurchase: boolean,
) => AsyncIterable<{ readonly conversion: MaturedConversion; readonly currency: string }>;

/** Whether any component of the plans looks at a customer's first purchase (design.md, Commission semantics 5 to 7). */
export function needFirstPurchases(plans: Iterable<Plan>): boolean {
  return [...plans].some((plan) =>
    plan.components.some(
      (component) =>
        component.kind === 'referral_fee' ||
        (component.kind === 'revenue_share' && component.windowMonths !== undefined),
    ),
  );
}

/** Joins conversions with their customers' first purchases, a chunk at a time, in the order they come. */
export function makePurchases(facts: Pick<ReferralFacts, 'firstPurchases'>, programId: string): Purchases {
  const remembered = new Map<string, MaturedConversion['firstPurchase']>();

  const learn = async (chunk: readonly ConversionFact[]): Promise<void> => {
    const unknown = new Set(chunk.map(({ customerId }) => customerId).filter((id) => !remembered.has(id)));
    if (unknown.size === 0) return;
    const found = await facts.firstPurchases(programId, [...unknown]);
    for (const customerId of unknown) {
      const first = found.get(customerId);
      remembered.set(customerId, first && { at: first.at, conversionId: first.orderId });
    }
  };

  return async function* join(conversions, needsFirstPurchase) {
    for await (const chunk of inChunks(conversions, CHUNK)) {
      // Partners of a shard share the memory: what a chunk needs is there when the chunk is read out.
      if (needsFirstPurchase && remembered.size > MAX_REMEMBERED) remembered.clear();
      if (needsFirstPurchase) await learn(chunk);
      const firsts = chunk.map(({ customerId }) => (needsFirstPurchase ? remembered.get(customerId) : undefined));
      for (const [index, fact] of chunk.entries()) {
        yield { conversion: matured(fact, firsts[index]), currency: fact.currency };
      }
    }
  };
}

function matured(fact: ConversionFact, firstPurchase: MaturedConversion['firstPurchase']): MaturedConversion {
  return {
    conversionId: fact.orderId,
    customerId: fact.customerId,
    occurredAt: fact.occurredAt,
    amountMinor: fact.amountMinor,
    nettedMinor: fact.nettedMinor,
    firstPurchase,
    earnsNothing: fact.earnsNothing,
  };
}

export async function* inChunks<T>(items: AsyncIterable<T>, size: number): AsyncIterable<readonly T[]> {
  let chunk: T[] = [];
  for await (const item of items) {
    chunk.push(item);
    if (chunk.length < size) continue;
    yield chunk;
    chunk = [];
  }
  if (chunk.length > 0) yield chunk;
}

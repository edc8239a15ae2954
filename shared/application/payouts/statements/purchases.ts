import type { ConversionFact, ReferralFacts } from '#shared/application/referral-facts';
import type { AgreementTerm, Plan } from '#shared/domain/plan/plan';
import type { MaturedConversion } from '#shared/domain/statement/statement';

/** Conversions whose customers are asked for together: as many keys as one batch read takes. */
const CHUNK = 100;
/** First purchases that a shard remembers; a customer comes back more often than that many others pass. */
const MAX_REMEMBERED = 10_000;

type FirstPurchase = MaturedConversion['firstPurchase'];

export type Purchases = (
  conversions: AsyncIterable<ConversionFact>,
  needsFirstPurchase: boolean,
) => AsyncIterable<{ readonly conversion: MaturedConversion; readonly currency: string }>;

/**
 * Whether any component of the plans looks at a customer's first purchase (design.md, Commission semantics 5 to 7), or an
 * agreement that honours its customers after its end.
 */
export function needFirstPurchases(
  plans: Iterable<Plan>,
  agreements: readonly Pick<AgreementTerm, 'afterEnd'>[],
): boolean {
  if (agreements.some(({ afterEnd }) => afterEnd === 'honour_until_window_ends')) return true;
  return [...plans].some((plan) =>
    plan.components.some(
      (component) =>
        component.kind === 'referral_fee' ||
        (component.kind === 'revenue_share' && component.windowMonths !== undefined),
    ),
  );
}

/** Joins conversions with their customers' first purchases, a chunk at a time, in the order they come. */
export function makePurchases(
  facts: Pick<ReferralFacts, 'firstPurchases'>,
  programId: string,
  maxRemembered = MAX_REMEMBERED,
): Purchases {
  const remembered = new Map<string, FirstPurchase>();

  /** Answers a map of its own: what is remembered may be forgotten while another partner's chunk is read. */
  const learn = async (chunk: readonly ConversionFact[]): Promise<ReadonlyMap<string, FirstPurchase>> => {
    const firsts = new Map<string, FirstPurchase>();
    const unknown = new Set<string>();
    for (const { customerId } of chunk) {
      if (remembered.has(customerId)) firsts.set(customerId, remembered.get(customerId));
      else unknown.add(customerId);
    }
    if (unknown.size === 0) return firsts;
    const found = await facts.firstPurchases(programId, [...unknown]);
    if (remembered.size > maxRemembered) remembered.clear();
    for (const customerId of unknown) {
      const first = found.get(customerId);
      const known = first && { at: first.at, conversionId: first.orderId };
      firsts.set(customerId, known);
      remembered.set(customerId, known);
    }
    return firsts;
  };

  return async function* join(conversions, needsFirstPurchase) {
    for await (const chunk of inChunks(conversions, CHUNK)) {
      const firsts = needsFirstPurchase ? await learn(chunk) : undefined;
      for (const fact of chunk) {
        yield { conversion: matured(fact, firsts?.get(fact.customerId)), currency: fact.currency };
      }
    }
  };
}

function matured(fact: ConversionFact, firstPurchase: FirstPurchase): MaturedConversion {
  return {
    conversionId: fact.orderId,
    customerId: fact.customerId,
    occurredAt: fact.occurredAt,
    amountMinor: fact.amountMinor,
    nettedMinor: fact.nettedMinor,
    credit: fact.credit,
    firstPurchase,
    earnsNothing: fact.earnsNothing,
    category: fact.category,
    country: fact.country,
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

import type {
  ConversionFact,
  FirstPurchase as FirstPurchaseFact,
  ReferralFacts,
} from '#shared/application/referral-facts';
import type { AgreementTerm, Plan } from '#shared/domain/plan/plan';
import type { MaturedConversion } from '#shared/domain/statement/statement';

/** Conversions whose customers are asked for together: as many keys as one batch read takes. */
const CHUNK = 100;
/** Chunks whose first purchases are on their way while earlier ones are stated: one at a time, a partner's month would wait for answers. */
const CHUNKS_AHEAD = 4;
/** First purchases that a shard remembers; a customer comes back more often than that many others pass. */
const MAX_REMEMBERED = 10_000;

type FirstPurchase = MaturedConversion['firstPurchase'];
type Known = Pick<FirstPurchaseFact, 'at' | 'orderId'>;

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

/** Joins conversions with their customers' first purchases, a few chunks ahead, in the order they come. */
export function makePurchases(
  facts: Pick<ReferralFacts, 'firstPurchases'>,
  programId: string,
  maxRemembered = MAX_REMEMBERED,
): Purchases {
  /** By customer, the answer that has or will have it. */
  const remembered = new Map<string, Promise<ReadonlyMap<string, Known>>>();

  /** Answers a map of its own: what is remembered may be forgotten while another partner's chunk is read. */
  const learn = async (chunk: readonly ConversionFact[]): Promise<ReadonlyMap<string, FirstPurchase>> => {
    const ids = new Set(chunk.map(({ customerId }) => customerId));
    const answers = new Map([...ids].map((id) => [id, remembered.get(id)]));
    const unknown = [...ids].filter((id) => answers.get(id) === undefined);
    if (unknown.length > 0) {
      if (remembered.size > maxRemembered) remembered.clear();
      const asked = facts.firstPurchases(programId, unknown);
      for (const id of unknown) {
        remembered.set(id, asked);
        answers.set(id, asked);
      }
    }
    const firsts = new Map<string, FirstPurchase>();
    for (const [id, answer] of answers) {
      const first = (await answer)?.get(id);
      firsts.set(id, first && { at: first.at, conversionId: first.orderId });
    }
    return firsts;
  };

  return async function* join(conversions, needsFirstPurchase) {
    const ahead: { chunk: readonly ConversionFact[]; firsts: ReturnType<typeof learn> | undefined }[] = [];
    for await (const chunk of inChunks(conversions, CHUNK)) {
      const firsts = needsFirstPurchase ? learn(chunk) : undefined;
      // Whoever waits for it sees the failure; nobody may, when an earlier chunk failed.
      firsts?.catch(() => {});
      ahead.push({ chunk, firsts });
      if (ahead.length > CHUNKS_AHEAD) yield* joined(ahead.shift());
    }
    while (ahead.length > 0) yield* joined(ahead.shift());
  };

  async function* joined(
    next:
      | { readonly chunk: readonly ConversionFact[]; readonly firsts: ReturnType<typeof learn> | undefined }
      | undefined,
  ): ReturnType<Purchases> {
    const firsts = await next?.firsts;
    for (const fact of next?.chunk ?? []) {
      yield { conversion: matured(fact, firsts?.get(fact.customerId)), currency: fact.currency };
    }
  }
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

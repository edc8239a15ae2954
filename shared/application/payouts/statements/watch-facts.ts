import type { AdjustmentStore, RecordedAdjustment } from '#shared/application/payouts/ports';
import {
  type ConversionFact,
  factsOfPartner,
  type ReferralFacts,
  type RefundFact,
} from '#shared/application/referral-facts';
import { FactsChanged } from '../runs/stop-run.ts';
import type { RunningHash } from './statement-draft.ts';

type Adjustments = Pick<AdjustmentStore, 'ofPartner'>;

export type WatchedFacts = {
  readonly facts: ReferralFacts;
  readonly adjustments: Adjustments;
  /** Of everything read through `facts` and `adjustments`, the same in any order of the partners. */
  readonly digest: () => string;
  /** What `digest` is taken of, to go on with in another call. */
  readonly digests: () => Readonly<Record<string, string>>;
};

/**
 * Passes a shard's facts on and keeps a digest of what passed. They come through indexes that may lag and give no order across
 * items, so that a sale may be read without the refund that is netted in it: a refund that its sale does not know yet is
 * looked up in the table. Memory is flat but for the netted amounts of one partner's sales.
 * @throws FactsChanged when a second reading differs from the first, or a sale is older than its refund
 */
export function watchFacts(deps: {
  readonly facts: ReferralFacts;
  readonly adjustments: Adjustments;
  readonly newHash: () => RunningHash;
  /** Of what an earlier call read. */
  readonly digests?: Readonly<Record<string, string>> | undefined;
}): WatchedFacts {
  const digests = new Map(Object.entries(deps.digests ?? {}));
  const nettedOf = new Map<string, Map<string, bigint>>();

  const note = (key: string, hash: RunningHash): void => {
    const digest = hash.hex();
    const before = digests.get(key) ?? digest;
    if (before !== digest) throw new FactsChanged(`${key} read differently a second time: open the period again.`);
    digests.set(key, digest);
  };

  return {
    facts: {
      ...deps.facts,
      async *conversions(programId, partnerId, period) {
        const hash = deps.newHash();
        const netted = new Map<string, bigint>();
        for await (const fact of deps.facts.conversions(programId, partnerId, period)) {
          hash.update(rowOfConversion(fact));
          if (fact.nettedMinor !== 0n) netted.set(fact.orderId, fact.nettedMinor);
          yield fact;
        }
        nettedOf.set(String(partnerId), netted);
        note(`Sales of ${partnerId}`, hash);
      },
      async *refunds(programId, partnerId, period) {
        const hash = deps.newHash();
        const seen = new Map<string, bigint>();
        for await (const fact of deps.facts.refunds(programId, partnerId, period)) {
          hash.update(rowOfRefund(fact));
          if (!fact.late) seen.set(fact.orderId, (seen.get(fact.orderId) ?? 0n) + fact.amountMinor);
          yield fact;
        }
        const netted = nettedOf.get(String(partnerId));
        nettedOf.delete(String(partnerId));
        for (const [orderId, refunded] of netted ? seen : []) {
          const known = netted?.get(orderId) ?? 0n;
          // Enough is netted, or the sale matures in a later period, which the table tells.
          if (known >= refunded) continue;
          const order = await deps.facts.order(programId, orderId);
          const conversion = order && factsOfPartner(order, partnerId ?? '').conversion;
          if (conversion?.period === period && conversion.nettedMinor !== known) {
            throw new FactsChanged(`Order ${orderId} was read without a refund of it: open the period again.`);
          }
        }
        note(`Refunds of ${partnerId}`, hash);
      },
    },
    adjustments: {
      ofPartner: async (programId, partnerId, period) => {
        const hash = deps.newHash();
        const adjustments = await deps.adjustments.ofPartner(programId, partnerId, period);
        for (const adjustment of adjustments) hash.update(rowOfAdjustment(adjustment));
        note(`Adjustments of ${partnerId}`, hash);
        return adjustments;
      },
    },
    digest: () => {
      const hash = deps.newHash();
      for (const key of [...digests.keys()].toSorted()) hash.update(row([key, digests.get(key)]));
      return hash.hex();
    },
    digests: () => Object.fromEntries(digests),
  };
}

/** What an adjustment without a reason code is read with. */
const UNNAMED_REASON = 'other';

const row = (fields: readonly unknown[]): string => `${JSON.stringify(fields)}\n`;

/** What a statement follows from; later refunds may raise `refundedMinor` without touching it. */
function rowOfConversion(fact: ConversionFact): string {
  const { orderId, customerId, occurredAt, amountMinor, currency, nettedMinor, earnsNothing, category, country } = fact;
  const fields: unknown[] = [
    orderId,
    customerId,
    occurredAt,
    `${amountMinor}`,
    currency,
    `${nettedMinor}`,
    earnsNothing,
  ];
  if (category !== undefined || country !== undefined) fields.push({ category, country });
  if (fact.credit) fields.push(fact.credit);
  return row(fields);
}

function rowOfRefund({ refundId, orderId, occurredAt, amountMinor, currency, late }: RefundFact): string {
  return row([refundId, orderId, occurredAt, `${amountMinor}`, currency, late]);
}

function rowOfAdjustment({ adjustmentId, occurredAt, amountMinor, currency, reasonCode }: RecordedAdjustment): string {
  const fields = [adjustmentId, occurredAt, `${amountMinor}`, currency];
  return row(reasonCode === UNNAMED_REASON ? fields : [...fields, reasonCode]);
}

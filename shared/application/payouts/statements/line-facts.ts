import type { ReferralFacts } from '#shared/application/referral-facts';
import type { StatementLine } from '#shared/domain/statement/statement';
import type { Instant, Period } from '#shared/domain/time/instant';

/** Facts of one file, a thousand a query. Beyond it lines have no day: a month of sales that mostly earn nothing. */
const MAX_FACTS = 30_000;

/** What a statement's lines do not hold of their facts, for a reader: days, and what a clawback follows from. */
export type LineFacts = {
  readonly sales: ReadonlyMap<string, { readonly occurredAt: Instant }>;
  readonly refunds: ReadonlyMap<string, { readonly occurredAt: Instant; readonly kind: 'refund' | 'chargeback' }>;
};

export type LineFact = {
  readonly occurredAt?: Instant | undefined;
  readonly kind?: 'refund' | 'chargeback' | undefined;
};

/** Of a clawback its refund, of any other line its sale; nothing of fees and adjustments. */
export function factOf({ conversionId, refundId }: StatementLine, { sales, refunds }: LineFacts): LineFact {
  if (refundId !== undefined) return refunds.get(refundId) ?? {};
  return (conversionId === undefined ? undefined : sales.get(conversionId)) ?? {};
}

/** Reads the facts of a statement's lines as the close read them: by partner and period, not one a line. */
export async function readLineFacts(
  facts: Pick<ReferralFacts, 'conversions' | 'refunds'>,
  statement: { readonly programId: string; readonly partnerId: string; readonly period: Period },
  lines: readonly StatementLine[],
): Promise<LineFacts> {
  const { programId, partnerId, period } = statement;
  const refundIds = new Set(lines.flatMap(({ refundId }) => refundId ?? []));
  const orderIds = new Set(
    lines.flatMap(({ conversionId, refundId }) => (refundId === undefined ? (conversionId ?? []) : [])),
  );
  const [sales, refunds] = await Promise.all([
    found(
      orderIds,
      ({ orderId }) => orderId,
      () => facts.conversions(programId, partnerId, period),
    ),
    found(
      refundIds,
      ({ refundId }) => refundId,
      () => facts.refunds(programId, partnerId, period),
    ),
  ]);
  return { sales, refunds };
}

/** Reads on until each is found. */
async function found<F>(
  ids: ReadonlySet<string>,
  idOf: (fact: F) => string,
  read: () => AsyncIterable<F>,
): Promise<ReadonlyMap<string, F>> {
  const known = new Map<string, F>();
  if (ids.size === 0) return known;
  let count = 0;
  for await (const fact of read()) {
    if (ids.has(idOf(fact))) known.set(idOf(fact), fact);
    count += 1;
    if (known.size === ids.size || count >= MAX_FACTS) break;
  }
  return known;
}

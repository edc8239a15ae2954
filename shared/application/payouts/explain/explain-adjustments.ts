import type { Adjustment, AdjustmentStore } from '#shared/application/payouts/adjustments/adjustment-ports';
import type { ExplainedOrder, OrderDispute } from '#shared/application/payouts/explain/explain-ports';
import { findStatement, type StatementDeps } from '#shared/application/payouts/explain/explain-statement';
import type { ExplainedAdjustment, ExplainedStatement } from '#shared/application/payouts/explain/explanation';
import type { Program } from '#shared/application/programs';
import { namesOrder } from '#shared/domain/explain/explain-naming';
import { adjustmentSentence } from '#shared/domain/explain/explain-sale-words';
import { comparePeriods, nextPeriod, periodOf } from '#shared/domain/time/calendar';
import { type Period, toEpochMs } from '#shared/domain/time/instant';
import type { TimeZone } from '#shared/domain/time/time-zone';

/** Months from the sale's on in which adjustments are looked for: a query each. */
const MAX_MONTHS = 24;
/** Adjustments of one month and partner that are looked through; more are made by no person. */
const MAX_A_MONTH = 500;

export type AdjustmentDeps = StatementDeps & { readonly adjustments: Pick<AdjustmentStore, 'list'> };

type Asked = {
  readonly programId: string;
  readonly program: Program;
  readonly zone: TimeZone;
  readonly onlyPartners?: readonly string[] | undefined;
};

/**
 * The adjustments whose reason names the order, those of disputes among them, of whoever has the sale, had it or disputes it,
 * or of any partner when there is none. A partner is shown its own, once they are recorded.
 */
export async function adjustmentParts(
  deps: AdjustmentDeps,
  asked: Asked,
  { conversion, reattributions = [] }: ExplainedOrder,
  disputes: readonly OrderDispute[],
): Promise<{
  readonly adjustments: readonly ExplainedAdjustment[];
  readonly statements: readonly ExplainedStatement[];
}> {
  const holders = [conversion, ...reattributions.map(({ before }) => before), ...disputes].map((one) => one.partnerId);
  const partnerIds = [...new Set(holders.filter((id) => id !== undefined))];
  const shown = asked.onlyPartners ? partnerIds.filter((id) => asked.onlyPartners?.includes(id)) : partnerIds;
  const lists = periodsSince(conversion.occurredAt, asked).flatMap((period) =>
    (partnerIds.length > 0 ? shown : [undefined]).flatMap((partnerId) => [
      { of: 'recorded' as const, period, partnerId },
      ...(asked.onlyPartners ? [] : [{ of: 'proposals' as const, period, partnerId }]),
    ]),
  );
  const found = await Promise.all(
    lists.map(async (list) => (await deps.adjustments.list(asked.programId, list, { limit: MAX_A_MONTH })).items),
  );
  // One that was proposed and then recorded stands in both lists.
  const byId = new Map<string, Adjustment>();
  for (const one of found.flat()) {
    if (!namesOrder(one.reason, conversion.orderId)) continue;
    if (byId.get(one.adjustmentId)?.status !== 'recorded') byId.set(one.adjustmentId, one);
  }
  const adjustments: ExplainedAdjustment[] = [];
  const statements: ExplainedStatement[] = [];
  for (const one of byId.values()) {
    const statement = one.status === 'recorded' ? await findStatement(deps, asked, one) : undefined;
    if (statement) statements.push(statement);
    adjustments.push(explained(one, statement?.statementId));
  }
  return { adjustments, statements };
}

function periodsSince(occurredAt: Parameters<typeof toEpochMs>[0], { program, zone }: Asked): readonly Period[] {
  const periods: Period[] = [];
  const last = nextPeriod(program.closedThrough);
  for (
    let period = periodOf(toEpochMs(occurredAt), zone);
    comparePeriods(period, last) <= 0;
    period = nextPeriod(period)
  )
    periods.push(period);
  return periods.slice(-MAX_MONTHS);
}

function explained(adjustment: Adjustment, statementId: string | undefined): ExplainedAdjustment {
  const { adjustmentId, partnerId, period, occurredAt, amountMinor, currency } = adjustment;
  const { reason, reasonCode, status, links } = adjustment;
  const told = { adjustmentId, partnerId, period, occurredAt, amountMinor, currency, reason, reasonCode, status };
  const disputeId = links?.disputeId;
  return { ...told, disputeId, statementId, sentence: adjustmentSentence({ ...told, disputeId }) };
}

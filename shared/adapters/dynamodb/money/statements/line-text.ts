import * as z from 'zod';
import type { NothingEarned, StatementLine } from '#shared/domain/statement/statement';

/**
 * Lines are stored as one text a page, one JSON array a line in a fixed order with amounts as decimal text: about
 * 150 bytes a line, so that a line costs a fraction of a write unit.
 */
const amountText = z.string().regex(/^-?\d+$/);

const rowSchema = z
  .tuple([
    z.enum(['revenue_share', 'referral_fee', 'fixed_fee', 'minimum_commitment', 'clawback', 'adjustment']),
    amountText,
    z.string().nullable(),
    z.number().nullable(),
    z.string().nullable(),
    z.string().nullable(),
    z.string().nullable(),
    amountText.nullable(),
    z.number().nullable(),
    z.string().nullable(),
  ])
  .transform(
    ([kind, amount, componentId, planVersion, conversionId, refundId, adjustmentId, base, rateBps, calculation]) => ({
      kind,
      amountMinor: BigInt(amount),
      ...(componentId === null ? {} : { componentId }),
      ...(planVersion === null ? {} : { planVersion }),
      ...(conversionId === null ? {} : { conversionId }),
      ...(refundId === null ? {} : { refundId }),
      ...(adjustmentId === null ? {} : { adjustmentId }),
      ...(base === null ? {} : { baseMinor: BigInt(base) }),
      ...(rateBps === null ? {} : { rateBps }),
      ...(calculation === null ? {} : { calculation }),
    }),
  );
const rowsSchema = z.array(rowSchema);

export function linesToText(lines: readonly StatementLine[]): string {
  return JSON.stringify(
    lines.map((line) => [
      line.kind,
      line.amountMinor.toString(),
      line.componentId ?? null,
      line.planVersion ?? null,
      line.conversionId ?? null,
      line.refundId ?? null,
      line.adjustmentId ?? null,
      line.baseMinor?.toString() ?? null,
      line.rateBps ?? null,
      line.calculation ?? null,
    ]),
  );
}

export function linesFromText(text: string): readonly StatementLine[] {
  return rowsSchema.parse(JSON.parse(text));
}

export function nothingToText(items: readonly NothingEarned[]): string {
  return JSON.stringify(items.map((item) => [item.conversionId, item.componentId ?? null, item.reason]));
}

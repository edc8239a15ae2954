import type * as z from 'zod';
import type { Tone } from '#console/ui/parts';
import type { Format } from '#functions/console/web/format';
import type { statementLineSchema } from '#shared/contracts/payouts/statements/list-statement-lines';
import type { statementSchema } from '#shared/contracts/payouts/statements/list-statements';

export type Statement = z.output<typeof statementSchema>;
export type StatementLine = z.output<typeof statementLineSchema>;

const LINE_KINDS: Readonly<Record<StatementLine['kind'], string>> = {
  revenue_share: 'Share of the sale',
  referral_fee: 'Fee for a new customer',
  fixed_fee: 'Fixed fee of the month',
  minimum_commitment: 'Up to the guaranteed minimum',
  clawback: 'Taken back after a refund',
  adjustment: 'Correction',
};

export const lineKind = (kind: StatementLine['kind']): string => LINE_KINDS[kind];

/** In a word what a statement is worth. */
export function statementState({ state, held }: Pick<Statement, 'state' | 'held'>): readonly [Tone, string] {
  if (state === 'draft') return ['attention', 'Draft, not approved'];
  if (state === 'void') return ['plain', 'Void'];
  return held ? ['attention', 'Approved, payout held back'] : ['good', 'Approved'];
}

export type StatementPlace = { readonly runId: string; readonly period: string; readonly partnerId: string };

/** What a statement's id says (shared/contracts: run, partner and currency); `undefined` of what is no statement id. */
export function placeOf(statementId: string): StatementPlace | undefined {
  const [, runId, period, partnerId] = /^((\d{4}-\d{2})\.\d+)~(.+)~[A-Z]{3}$/.exec(statementId) ?? [];
  return runId && period && partnerId ? { runId, period, partnerId } : undefined;
}

const BASIS_POINTS = 10_000n;

/**
 * How a line's amount follows, in amounts that people read. A share is worded from its own fields; what the line tells in its own
 * words (`calculation`, in minor units) is told where a rule beyond base and rate took part, such as a cap.
 */
export function lineWords(line: StatementLine, currency: string, format: Format): string | undefined {
  const { baseMinor, rateBps, amountMinor, calculation, kind } = line;
  const isPlainShare = kind === 'revenue_share' && !calculation?.includes('cut to the cap');
  if (!isPlainShare || baseMinor === undefined || rateBps === undefined) return undefined;
  const isRounded = (BigInt(baseMinor) * BigInt(rateBps)) % BASIS_POINTS !== 0n;
  const product = `${format.amount(baseMinor, currency)} × ${format.percent(rateBps)} = ${format.amount(amountMinor, currency)}`;
  return isRounded ? `${product}, rounded (a half to the even digit)` : product;
}

/** What a line is about, beside its kind: the order, the refund, the correction. */
export function lineSubject({ conversionId, refundId, adjustmentId }: StatementLine): string {
  if (refundId !== undefined)
    return conversionId === undefined ? `Refund ${refundId}` : `${conversionId}, refund ${refundId}`;
  return conversionId ?? adjustmentId ?? '';
}

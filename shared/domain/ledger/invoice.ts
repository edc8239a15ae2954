import type { Currency } from '../money/money.ts';
import type { StatementAmounts } from '../statement/statement.ts';
import type { Instant, Period } from '../time/instant.ts';

/**
 * A self-billing invoice: the company that pays writes it in its partner's name, one a statement that moved money. Numbers are
 * one series a partner, without a gap, in the order of posting. Source: Directive 2006/112/EC, articles 224 and 226(2).
 */
export type Invoice = InvoiceDraft & {
  /** 1, 2, 3 ... within the partner. */
  readonly sequence: number;
  /** Unique in the programme, e.g. `SB-mira-0007`. */
  readonly number: string;
};

export type InvoiceDraft = {
  readonly programId: string;
  readonly partnerId: string;
  readonly statementId: string;
  readonly period: Period;
  readonly currency: Currency;
  /** A month that took more back than it earned is a credit note. */
  readonly kind: 'self_billing_invoice' | 'self_billing_credit_note';
  /** What the month's commission came to; below zero on a credit note. */
  readonly amountMinor: bigint;
  /** The run's decision. */
  readonly issuedAt: Instant;
};

type Stated = Pick<StatementAmounts, 'earnedMinor' | 'clawbackMinor' | 'adjustmentMinor'> & {
  readonly partnerId: string;
  readonly statementId: string;
  readonly currency: Currency;
  readonly writtenOffMinor?: bigint | undefined;
};

/**
 * What is invoiced of an approved statement; `undefined` when the month came to nothing. A balance that is brought forward was
 * invoiced by its own month, and a debt that was given up is no supply.
 */
export function invoiceDraftOf(
  statement: Stated,
  run: { readonly programId: string; readonly period: Period; readonly decidedAt: Instant },
): InvoiceDraft | undefined {
  const { partnerId, statementId, currency } = statement;
  const moved = statement.earnedMinor + statement.clawbackMinor + statement.adjustmentMinor;
  const amountMinor = moved - (statement.writtenOffMinor ?? 0n);
  if (amountMinor === 0n) return undefined;
  return {
    programId: run.programId,
    partnerId,
    statementId,
    period: run.period,
    currency,
    kind: amountMinor > 0n ? 'self_billing_invoice' : 'self_billing_credit_note',
    amountMinor,
    issuedAt: run.decidedAt,
  };
}

const SEQUENCE_DIGITS = 4;

/** The draft with its place in the partner's series. */
export function numberInvoice(draft: InvoiceDraft, sequence: number): Invoice {
  const digits = String(sequence).padStart(SEQUENCE_DIGITS, '0');
  return { ...draft, sequence, number: `SB-${draft.partnerId}-${digits}` };
}

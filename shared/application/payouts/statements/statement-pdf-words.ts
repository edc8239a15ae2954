import { decimalsOf, toDecimal } from '#shared/domain/money/minor-units';
import type { Currency } from '#shared/domain/money/money';
import type { StatementLine } from '#shared/domain/statement/statement';

/** Every word and number format of a printed statement, in one place: another language is another file like this. */

export const LANGUAGE = 'en';

export const WORDS = {
  title: 'Partner statement',
  states: { draft: 'Draft', final: 'Final', void: 'Void' },
  stateNotes: {
    draft: 'Draft: not approved, amounts may still change and nothing is paid by it.',
    final: '',
    void: 'Void: its run was not approved. Nothing is paid by it; a later statement takes its place.',
  },
  partner: 'Partner',
  partnerId: 'Partner id',
  period: 'Period',
  timeZone: 'Time zone',
  currency: 'Currency',
  statement: 'Statement',
  invoices: {
    self_billing_invoice: 'Self-billing invoice',
    self_billing_credit_note: 'Self-billing credit note',
  },
  issued: 'Issued',
  invoiced: 'Invoiced',
  supplier: 'Supplier',
  recipient: 'Recipient',
  payable: 'Payable',
  held: 'Held back: the amount stays owed and opens the next statement.',
  nothingPayable: 'Nothing is paid out: the balance is carried forward.',
  summary: 'Summary',
  broughtForward: 'Balance brought forward',
  earned: 'Earned',
  clawedBack: 'Clawed back',
  adjusted: 'Adjustments',
  balance: 'Balance',
  carriedForward: 'Balance carried forward',
  columns: { date: 'Date', what: 'What', reference: 'Reference', base: 'Base', rate: 'Rate', amount: 'Amount' },
  ofWhich: 'of which',
  continued: 'continued',
  noLines: 'This statement has no lines.',
  proof: 'How to check this statement',
  digest: 'SHA-256 digest',
  unprintable:
    'The sign \u25a1 stands for a character that this document has no shape for. The CSV of the same statement has the text as it was given.',
} as const;

export const SECTION_WORDS = {
  sales: 'Commission on sales',
  fees: 'Fees and guarantees of the month',
  clawbacks: 'Taken back for refunds and chargebacks',
  adjustments: 'Adjustments',
} as const;

const KIND_WORDS: Readonly<Record<StatementLine['kind'], string>> = {
  revenue_share: 'Revenue share',
  referral_fee: 'Referral fee',
  fixed_fee: 'Fixed fee',
  minimum_commitment: 'Minimum commitment',
  clawback: 'Clawback',
  adjustment: 'Adjustment',
};

/** Also for a kind that a newer statement may hold. */
export function kindWords(kind: string): string {
  return (KIND_WORDS as Readonly<Record<string, string>>)[kind] ?? kind.replaceAll('_', ' ');
}

export function countedKind(kind: string, lines: number): string {
  return `${kindWords(kind)}, ${lines} ${lines === 1 ? 'line' : 'lines'}`;
}

export function dayRange(first: string, last: string): string {
  return `${first} to ${last}`;
}

const REFUND_WORDS = { refund: 'Refund', chargeback: 'Chargeback' } as const;

type RefundKind = keyof typeof REFUND_WORDS | undefined;

/** A clawback says what it follows from, where that is known. */
export function lineWords(kind: string, refundKind: RefundKind): string {
  return refundKind === undefined ? kindWords(kind) : `${kindWords(kind)}: ${REFUND_WORDS[refundKind].toLowerCase()}`;
}

export function referenceWords(
  { conversionId, refundId, adjustmentId }: StatementLine,
  refundKind?: RefundKind,
): string {
  if (adjustmentId !== undefined) return adjustmentId;
  if (refundId !== undefined) {
    const refund = `${REFUND_WORDS[refundKind ?? 'refund']} ${refundId}`;
    return conversionId === undefined ? refund : `${refund} of order ${conversionId}`;
  }
  return conversionId === undefined ? '' : `Order ${conversionId}`;
}

export function taxIdWords({ kind, country, value }: { kind: 'vat' | 'tax'; country: string; value: string }): string {
  const bare = value.toUpperCase().startsWith(country) ? value : `${country} ${value}`;
  return `${kind === 'vat' ? 'VAT' : 'Tax'} no. ${bare}`;
}

/** Versions of a partner's own terms begin here; published versions end before. */
const FIRST_OWN_VERSION = 1_000_000;

export function termsWords(planVersion: number | undefined): string {
  if (planVersion === undefined) return '';
  return planVersion > FIRST_OWN_VERSION
    ? `own terms ${planVersion - FIRST_OWN_VERSION}`
    : `plan version ${planVersion}`;
}

export function proofWords(currency: Currency, lines: number): string {
  const decimals = decimalsOf(currency);
  const unit =
    decimals === 0
      ? `the amounts are whole ${currency}`
      : `the grey calculations are in minor units (1 ${currency} is ${10 ** decimals})`;
  return `Each line can be redone with a calculator: ${unit}. The ${lines === 1 ? 'one line adds' : `${lines} lines add`} up to the totals of the summary. The digest is taken over the lines and the amounts: a statement that differs in either has another one.`;
}

export function pageWords(page: number, pages: number): string {
  return `Page ${page} of ${pages}`;
}

export function shortDigestWords(digest: string): string {
  return `Digest ${digest.slice(0, 12)}`;
}

const THOUSANDS = /\B(?=(\d{3})+(?!\d))/g;

/** `-1,234.50` with a minus sign: exact, with the currency's decimals. */
export function amountWords(minor: bigint, currency: Currency): string {
  const [whole = '', fraction] = toDecimal(minor < 0n ? -minor : minor, currency).split('.');
  const sign = minor < 0n ? '\u2212' : '';
  return `${sign}${whole.replaceAll(THOUSANDS, ',')}${fraction === undefined ? '' : `.${fraction}`}`;
}

const BPS_A_PERCENT = 100;

export function rateWords(rateBps: number | undefined): string {
  return rateBps === undefined ? '' : `${(rateBps / BPS_A_PERCENT).toString()} %`;
}

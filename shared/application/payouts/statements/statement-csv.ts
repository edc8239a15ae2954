import { csvOf, csvText } from '#shared/application/csv';
import type { StatementHeader } from '#shared/application/payouts/ports';
import type { ReadStatement } from '#shared/application/payouts/statements/export-statement-reading';
import { factOf, type LineFact } from '#shared/application/payouts/statements/line-facts';
import { wallDateOf } from '#shared/domain/explain/explain-period';
import { decimalsOf, toDecimal } from '#shared/domain/money/minor-units';
import type { Currency } from '#shared/domain/money/money';
import { calculationOf } from '#shared/domain/statement/calculation-of';
import type { StatementLine } from '#shared/domain/statement/statement';
import type { TimeZone } from '#shared/domain/time/time-zone';

const COLUMNS = [
  'kind',
  'date',
  'component',
  'plan_version',
  'order_id',
  'refund_id',
  'refund_kind',
  'adjustment_id',
  'base',
  'rate_bps',
  'amount',
  'amount_minor',
  'calculation',
] as const;

/** What stands above the lines: whose statement this is and with what balance it opens. */
function headRecords({
  program,
  header,
  state,
  partnerName,
  held,
  invoice,
}: ReadStatement): readonly (readonly string[])[] {
  return [
    ['programme', csvText(program.name)],
    ['programme id', csvText(program.programId)],
    ['partner', csvText(partnerName ?? '')],
    ['partner id', csvText(header.partnerId)],
    ['period', header.period],
    ['currency', header.currency],
    ['decimals', decimalsOf(header.currency).toString()],
    ['statement', csvText(header.statementId)],
    ['state', state],
    ['held back', held ? 'yes' : 'no'],
    ['digest', header.digest],
    ...(invoice ? [['self-billing number', csvText(invoice.number)]] : []),
    ['balance brought forward', toDecimal(header.openingBalanceMinor, header.currency)],
  ];
}

/** `date` is the day of the sale, or of the refund that claws back, in the programme's time zone. */
function lineRecord(line: StatementLine, currency: Currency, fact: LineFact, zone: TimeZone): readonly string[] {
  return [
    line.kind,
    fact.occurredAt === undefined ? '' : wallDateOf(fact.occurredAt, zone),
    csvText(line.componentId ?? ''),
    line.planVersion?.toString() ?? '',
    csvText(line.conversionId ?? ''),
    csvText(line.refundId ?? ''),
    fact.kind ?? '',
    csvText(line.adjustmentId ?? ''),
    line.baseMinor === undefined ? '' : toDecimal(line.baseMinor, currency),
    line.rateBps?.toString() ?? '',
    toDecimal(line.amountMinor, currency),
    line.amountMinor.toString(),
    csvText(calculationOf(line)),
  ];
}

/** The totals, down to what is paid and what the next statement opens with (design.md, Commission semantics 11). */
function totalRecords(header: StatementHeader): readonly (readonly string[])[] {
  const amount = (minor: bigint): string => toDecimal(minor, header.currency);
  return [
    ['earned', amount(header.earnedMinor)],
    ['clawed back', amount(header.clawbackMinor)],
    ['adjustments', amount(header.adjustmentMinor)],
    ['payable', amount(header.payableMinor)],
    ['balance carried forward', amount(header.closingBalanceMinor)],
  ];
}

/** A statement as CSV: head, lines and totals, each part after an empty record. Amounts are exact decimals. */
export function statementCsv(statement: ReadStatement, zone: TimeZone): string {
  const { header, lines, facts } = statement;
  return csvOf([
    ...headRecords(statement),
    [],
    COLUMNS,
    ...lines.map((line) => lineRecord(line, header.currency, factOf(line, facts), zone)),
    [],
    ...totalRecords(header),
  ]);
}

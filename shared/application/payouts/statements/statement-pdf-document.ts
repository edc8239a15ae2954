import type { ReadStatement } from '#shared/application/payouts/statements/export-statement-reading';
import { factOf, type LineFact } from '#shared/application/payouts/statements/line-facts';
import {
  amountWords,
  countedKind,
  dayRange,
  LANGUAGE,
  lineWords,
  proofWords,
  rateWords,
  referenceWords,
  SECTION_WORDS,
  shortDigestWords,
  taxIdWords,
  termsWords,
  WORDS,
} from '#shared/application/payouts/statements/statement-pdf-words';
import { wallDateOf } from '#shared/domain/explain/explain-period';
import { calculationOf } from '#shared/domain/statement/calculation-of';
import type { StatementLine } from '#shared/domain/statement/statement';
import { daysOfPeriod } from '#shared/domain/time/calendar';
import { toInstant } from '#shared/domain/time/instant';
import type { TimeZone } from '#shared/domain/time/time-zone';

export type Labelled = { readonly label: string; readonly value: string };
export type Amount = { readonly label: string; readonly amount: string };

export type DocumentRow = {
  /** Of the sale or the refund. */
  readonly date: string;
  readonly what: string;
  readonly detail: string;
  readonly reference: string;
  readonly base: string;
  readonly rate: string;
  readonly amount: string;
  readonly calculation: string;
  /** Comes to nothing: there for the reason alone. */
  readonly isLight: boolean;
};

export type DocumentSection = {
  readonly title: string;
  readonly rows: readonly DocumentRow[];
  /** One a kind of line. */
  readonly subtotals: readonly Amount[];
};

/** A statement as it is printed: texts in reading order, without places on a page. The same statement gives the same texts. */
export type StatementDocument = {
  readonly language: string;
  readonly title: string;
  readonly programme: string;
  readonly state: 'draft' | 'final' | 'void';
  readonly stateWord: string;
  readonly stateNote: string;
  readonly partner: Labelled;
  readonly facts: readonly Labelled[];
  readonly payable: Amount & { readonly note: string };
  /** Sums add up downwards to the total; a `part` is in the `sum` above it, and is not added again. */
  readonly summary: readonly (Amount & { readonly weight: 'part' | 'sum' | 'total' })[];
  readonly sections: readonly DocumentSection[];
  readonly proof: { readonly title: string; readonly text: string; readonly digest: Labelled };
  readonly footer: { readonly statement: string; readonly digest: string };
  /** When it was computed, not when it was printed. */
  readonly computedAt: string;
};

type SectionName = keyof typeof SECTION_WORDS;

const SECTION_OF_KIND: Readonly<Record<StatementLine['kind'], SectionName>> = {
  revenue_share: 'sales',
  referral_fee: 'sales',
  fixed_fee: 'fees',
  minimum_commitment: 'fees',
  clawback: 'clawbacks',
  adjustment: 'adjustments',
};

/** Puts a statement into words. Sums of the lines are taken here, so that a wrong total would show beside the header's. */
export function statementDocument(statement: ReadStatement, zone: TimeZone): StatementDocument {
  const { program, header, state, partnerName } = statement;
  const amount = (minor: bigint): string => amountWords(minor, header.currency);
  const days = daysOfPeriod(header.period, zone).map((ms) => wallDateOf(toInstant(ms), zone));
  return {
    language: LANGUAGE,
    title: WORDS.title,
    programme: program.name,
    state,
    stateWord: WORDS.states[state],
    stateNote: WORDS.stateNotes[state],
    partner: { label: WORDS.partner, value: partnerName ?? header.partnerId },
    facts: [
      { label: WORDS.partnerId, value: header.partnerId },
      { label: WORDS.period, value: dayRange(days.at(0) ?? header.period, days.at(-1) ?? header.period) },
      { label: WORDS.timeZone, value: program.timeZone },
      { label: WORDS.currency, value: header.currency },
      { label: WORDS.statement, value: header.statementId },
      ...invoiceFacts(statement, zone),
    ],
    payable: {
      label: WORDS.payable,
      amount: `${amount(header.payableMinor)} ${header.currency}`,
      note: payableNote(statement),
    },
    summary: summaryOf(statement),
    sections: sectionsOf(statement, zone),
    proof: {
      title: WORDS.proof,
      text: proofWords(header.currency, header.lineCount),
      digest: { label: WORDS.digest, value: header.digest },
    },
    footer: { statement: header.statementId, digest: shortDigestWords(header.digest) },
    computedAt: statement.computedAt,
  };
}

/** What makes the statement an invoice: its number and day, the amount, and both parties. Source: Directive 2006/112/EC, article 226. */
function invoiceFacts({ invoice, parties, partnerName, program }: ReadStatement, zone: TimeZone): readonly Labelled[] {
  if (!invoice) return [];
  const { billing, issuer } = parties ?? {};
  const supplier = billing
    ? [billing.legalName, ...billing.addressLines, billing.country, ...billing.taxIds.map(taxIdWords)]
    : [partnerName ?? invoice.partnerId];
  const recipient = issuer
    ? [issuer.legalName, ...issuer.addressLines, ...(issuer.taxId === undefined ? [] : [issuer.taxId])]
    : [program.name];
  return [
    { label: WORDS.invoices[invoice.kind], value: invoice.number },
    { label: WORDS.issued, value: wallDateOf(invoice.issuedAt, zone) },
    { label: WORDS.invoiced, value: `${amountWords(invoice.amountMinor, invoice.currency)} ${invoice.currency}` },
    { label: WORDS.supplier, value: supplier.join(', ') },
    { label: WORDS.recipient, value: recipient.join(', ') },
  ];
}

function payableNote({ header, held }: ReadStatement): string {
  if (header.payableMinor === 0n) return WORDS.nothingPayable;
  return held ? WORDS.held : '';
}

function summaryOf({ header, lines }: ReadStatement): StatementDocument['summary'] {
  const amount = (minor: bigint): string => amountWords(minor, header.currency);
  const sum = (label: string, minor: bigint, weight: 'sum' | 'total' = 'sum') => ({
    label,
    amount: amount(minor),
    weight,
  });
  const parts = totalsByKind(lines.filter(({ kind }) => EARNED.includes(SECTION_OF_KIND[kind]))).map(
    ({ kind, count, minor }) => ({
      label: `${WORDS.ofWhich} ${countedKind(kind, count)}`,
      amount: amount(minor),
      weight: 'part' as const,
    }),
  );
  return [
    sum(WORDS.broughtForward, header.openingBalanceMinor),
    sum(WORDS.earned, header.earnedMinor),
    ...parts,
    sum(WORDS.clawedBack, header.clawbackMinor),
    sum(WORDS.adjusted, header.adjustmentMinor),
    sum(WORDS.balance, header.payableMinor + header.closingBalanceMinor, 'total'),
    sum(WORDS.payable, header.payableMinor, 'total'),
    sum(WORDS.carriedForward, header.closingBalanceMinor, 'total'),
  ];
}

const EARNED: readonly SectionName[] = ['sales', 'fees'];

function totalsByKind(lines: readonly StatementLine[]) {
  const totals = new Map<StatementLine['kind'], { count: number; minor: bigint }>();
  for (const { kind, amountMinor } of lines) {
    const { count, minor } = totals.get(kind) ?? { count: 0, minor: 0n };
    totals.set(kind, { count: count + 1, minor: minor + amountMinor });
  }
  return [...totals].map(([kind, total]) => ({ kind, ...total }));
}

/** Lines stay in the statement's order: the four sections follow each other there too. */
function sectionsOf({ header, lines, facts }: ReadStatement, zone: TimeZone): readonly DocumentSection[] {
  const bySection = Map.groupBy(lines, ({ kind }) => SECTION_OF_KIND[kind]);
  return (Object.keys(SECTION_WORDS) as SectionName[]).flatMap((name) => {
    const own = bySection.get(name) ?? [];
    if (own.length === 0) return [];
    const subtotals = totalsByKind(own).map(({ kind, count, minor }) => ({
      label: countedKind(kind, count),
      amount: amountWords(minor, header.currency),
    }));
    const rows = own.map((line) => rowOf(line, header.currency, factOf(line, facts), zone));
    return [{ title: SECTION_WORDS[name], rows, subtotals }];
  });
}

function rowOf(line: StatementLine, currency: string, fact: LineFact, zone: TimeZone): DocumentRow {
  return {
    date: fact.occurredAt === undefined ? '' : wallDateOf(fact.occurredAt, zone),
    what: lineWords(line.kind, fact.kind),
    detail: [line.componentId ?? '', termsWords(line.planVersion)].filter((text) => text !== '').join(', '),
    reference: referenceWords(line, fact.kind),
    base: line.baseMinor === undefined ? '' : amountWords(line.baseMinor, currency),
    rate: rateWords(line.rateBps),
    amount: amountWords(line.amountMinor, currency),
    calculation: calculationOf(line),
    isLight: line.amountMinor === 0n,
  };
}

import type * as z from 'zod';
import { enrolPartnerRoute } from '#shared/contracts/partners/enrol-partner';
import { conversionSchema } from '#shared/contracts/referrals/record-conversion';
import { refundSchema } from '#shared/contracts/referrals/record-refund';
import { createCodeRoute } from '#shared/contracts/tracking/create-code';
import { createLinkRoute } from '#shared/contracts/tracking/create-link';
import { type FieldReader, FieldRule, flag, instant, integer, list, minorUnits, percent, text } from './read-field.ts';
import { normalised } from './read-rows.ts';

/** The programme that a file is read for. */
export type ImportContext = { readonly currency: string; readonly timeZone: string };

type Values = Readonly<Record<string, unknown>>;

/** What a kind of file holds: its columns, how a line becomes a request, and where that goes. */
export type ImportKind = {
  readonly name: string;
  /** The business key: a repeat of the line is recognised by it. */
  readonly key: string;
  readonly columns: Readonly<Record<string, FieldReader>>;
  readonly required: readonly string[];
  /** @throws FieldProblem */
  readonly body: (values: Values, context: ImportContext) => Values;
  readonly schema: z.ZodType;
  readonly path: string;
  /** Up to 100 go in one request to `{path}/batch`; else each goes by itself. */
  readonly isBatch: boolean;
  /** Whether a merchant's key may send it, or only an administrator's. */
  readonly sentBy: 'merchant' | 'admin';
};

/** A rule that a column broke. */
export class FieldProblem extends Error {
  override readonly name = 'FieldProblem';
  readonly column: string;

  constructor(column: string, rule: string) {
    super(rule);
    this.column = column;
  }
}

/** Exactly one of `amount` (main units) and `amountMinor`. */
function amountOf({ amount, amountMinor }: Values, currency: string): unknown {
  if ((amount === undefined) === (amountMinor === undefined)) {
    throw new FieldProblem('amount', 'must be given, as amount (139.12) or as amount_minor (13912), and not as both');
  }
  return amount === undefined ? amountMinor : mainUnits('amount', amount, currency);
}

/** An amount in main units as minor units; its rule belongs to its column. */
function mainUnits(column: string, amount: unknown, currency: string): number | undefined {
  if (amount === undefined) return undefined;
  try {
    return minorUnits(String(amount), currency);
  } catch (error) {
    if (error instanceof FieldRule) throw new FieldProblem(column, error.message);
    throw error;
  }
}

/** What a code gives from the columns that say it: at most one kind of discount, amounts in one currency. */
function offerOf(values: Values, context: ImportContext): Values {
  const { discountPercent, discountCap, discountAmount, freeDays, freeMonths, minimumSpend, ...rest } = values;
  const kinds = { discountPercent, discountAmount, freeDays, freeMonths };
  const [column, ...more] = Object.entries(kinds).flatMap(([name, value]) => (value === undefined ? [] : [name]));
  if (more[0] !== undefined) throw new FieldProblem(more[0], 'must not be given beside another discount');
  const hasAmount = discountAmount !== undefined || discountCap !== undefined || minimumSpend !== undefined;
  const currency = values.currency ?? (hasAmount ? context.currency : undefined);
  const minor = (name: string, amount: unknown): number | undefined => mainUnits(name, amount, String(currency));
  const discounts: Readonly<Record<string, () => Values>> = {
    discountPercent: () => ({ kind: 'percent', rateBps: discountPercent, capMinor: minor('discountCap', discountCap) }),
    discountAmount: () => ({ kind: 'fixed', amountMinor: minor('discountAmount', discountAmount) }),
    freeDays: () => ({ kind: 'free_period', length: freeDays, unit: 'days' }),
    freeMonths: () => ({ kind: 'free_period', length: freeMonths, unit: 'months' }),
  };
  const discount = column === undefined ? undefined : discounts[column]?.();
  return withoutAbsent({
    ...rest,
    currency,
    discount: discount && withoutAbsent(discount),
    minimumSpendMinor: minor('minimumSpend', minimumSpend),
  });
}

/** `utm_source` and its like as one member. */
function utmOf({ utmSource, utmMedium, utmCampaign, utmTerm, utmContent, ...rest }: Values): Values {
  const utm = { source: utmSource, medium: utmMedium, campaign: utmCampaign, term: utmTerm, content: utmContent };
  return Object.values(utm).some((value) => value !== undefined) ? { ...rest, utm: withoutAbsent(utm) } : rest;
}

function payeeOf({ iban, bic, payeeName, ...rest }: Values): Values {
  if (iban === undefined) {
    if (bic !== undefined || payeeName !== undefined) throw new FieldProblem('iban', 'is missing');
    return rest;
  }
  return { ...rest, payee: withoutAbsent({ rail: 'bank_file', name: payeeName ?? rest.name, iban, bic }) };
}

function withoutAbsent(values: Values): Values {
  return Object.fromEntries(Object.entries(values).filter(([, value]) => value !== undefined));
}

const KINDS: readonly ImportKind[] = [
  {
    name: 'sales',
    key: 'orderId',
    columns: {
      orderId: text,
      customerId: text,
      occurredAt: instant,
      amount: text,
      amountMinor: integer,
      currency: text,
      partnerId: text,
      code: text,
      clickToken: text,
      clickTokens: list,
      customerFirstPurchaseAt: instant,
      category: text,
      country: text,
      isNewCustomer: flag,
      customerEmailHash: text,
      paymentHash: text,
      deviceHint: text,
    },
    required: ['orderId', 'customerId', 'occurredAt'],
    body: (values, context) => {
      const { amount: _, amountMinor: __, currency = context.currency, ...rest } = values;
      return { ...rest, amount: { minor: amountOf(values, String(currency)), currency } };
    },
    schema: conversionSchema,
    path: 'conversions',
    isBatch: true,
    sentBy: 'merchant',
  },
  {
    name: 'refunds',
    key: 'refundId',
    columns: {
      refundId: text,
      orderId: text,
      occurredAt: instant,
      amount: text,
      amountMinor: integer,
      currency: text,
      kind: text,
    },
    required: ['refundId', 'orderId', 'occurredAt'],
    body: (values, context) => {
      const { amount: _, amountMinor: __, currency = context.currency, ...rest } = values;
      return { ...rest, amountMinor: amountOf(values, String(currency)) };
    },
    schema: refundSchema,
    path: 'refunds',
    isBatch: true,
    sentBy: 'merchant',
  },
  {
    name: 'partners',
    key: 'partnerId',
    columns: {
      partnerId: text,
      name: text,
      email: text,
      country: text,
      startsAt: instant,
      planVersion: integer,
      tier: text,
      termMonths: integer,
      iban: text,
      bic: text,
      payeeName: text,
    },
    required: ['partnerId', 'name', 'email', 'startsAt', 'planVersion', 'tier'],
    body: payeeOf,
    schema: enrolPartnerRoute.body,
    path: 'partners',
    isBatch: false,
    sentBy: 'admin',
  },
  {
    name: 'links',
    key: 'slug',
    columns: {
      slug: text,
      partnerId: text,
      destination: text,
      campaign: text,
      description: text,
      disclosedAs: text,
      expiresAt: instant,
      utmSource: text,
      utmMedium: text,
      utmCampaign: text,
      utmTerm: text,
      utmContent: text,
    },
    required: ['slug', 'partnerId', 'destination'],
    body: utmOf,
    schema: createLinkRoute.body,
    path: 'links',
    isBatch: false,
    sentBy: 'merchant',
  },
  {
    name: 'codes',
    key: 'code',
    columns: {
      code: text,
      partnerId: text,
      description: text,
      destination: text,
      disclosedAs: text,
      discountPercent: percent,
      discountCap: text,
      discountAmount: text,
      freeDays: integer,
      freeMonths: integer,
      minimumSpend: text,
      currency: text,
      newCustomersOnly: flag,
      maxRedemptions: integer,
      maxPerCustomer: integer,
      validFrom: instant,
      expiresAt: instant,
    },
    required: ['code', 'partnerId'],
    body: offerOf,
    schema: createCodeRoute.body,
    path: 'codes',
    isBatch: false,
    sentBy: 'merchant',
  },
];

export const KIND_NAMES: readonly string[] = KINDS.map(({ name }) => name);

export function kindNamed(name: string): ImportKind | undefined {
  return KINDS.find((kind) => kind.name === name);
}

/** The one kind whose required columns the file has and whose key it does not merely refer to; undefined when none or several fit. */
export function kindOfColumns(columns: ReadonlySet<string>): ImportKind | undefined {
  const fitting = KINDS.filter(({ required }) => required.every((name) => columns.has(normalised(name))));
  const most = Math.max(...fitting.map(({ required }) => required.length));
  const best = fitting.filter(({ required }) => required.length === most);
  return best.length === 1 ? best[0] : undefined;
}

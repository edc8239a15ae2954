import * as z from 'zod';
import { writtenAmount, writtenPercent } from '#functions/console/web/written';
import type { draftComponentsSchema } from '#shared/contracts/payouts/plans/plan-draft';

/** Components as the API has them: any JSON object, because half a rule must be saveable too. */
export type DraftComponents = z.output<typeof draftComponentsSchema>;
export type DraftComponent = DraftComponents[number];

export const KINDS = ['revenue_share', 'referral_fee', 'fixed_fee', 'minimum_commitment'] as const;
export type Kind = (typeof KINDS)[number];

export type TierRow = { readonly tier: string; readonly rate: string };
export type BracketRow = { readonly upTo: string; readonly rate: string };
export type RateRow = {
  readonly category: string;
  readonly country: string;
  readonly tier: string;
  readonly rate: string;
};

/** A component as it is typed: every value a text, empty where nothing was said. */
export type EditorComponent = {
  readonly kind: Kind;
  readonly id: string;
  readonly currency: string;
  readonly amount: string;
  /** Of a monthly fee: by the day in the first month. */
  readonly prorate: boolean;
  readonly capPerCustomer: string;
  readonly capPerPeriod: string;
  readonly windowMonths: string;
  /** What sets the rate of a share. */
  readonly by: 'tiers' | 'brackets';
  readonly tiers: readonly TierRow[];
  readonly mode: 'graduated' | 'volume';
  readonly metric: 'revenue' | 'conversions';
  readonly brackets: readonly BracketRow[];
  readonly rates: readonly RateRow[];
};

/** What another client saved and the form has no fields for: kept as it is, shown as JSON. */
export type RawComponent = { readonly raw: string };
export type EditorPart = EditorComponent | RawComponent;
export type EditorPlan = { readonly name: string; readonly parts: readonly EditorPart[] };

export const EMPTY: EditorComponent = {
  kind: 'revenue_share',
  id: '',
  currency: '',
  amount: '',
  prorate: true,
  capPerCustomer: '',
  capPerPeriod: '',
  windowMonths: '',
  by: 'tiers',
  tiers: [],
  mode: 'graduated',
  metric: 'revenue',
  brackets: [],
  rates: [],
};

const whole = z.int().optional();
const text = z.string().optional();
const currency = z
  .string()
  .regex(/^[A-Z]{3}$/)
  .optional();
const caps = { capPerCustomerMinor: whole, capPerPeriodMinor: whole };
const fee = { id: text, amountMinor: whole, currency };

/** What the form has fields for, however many rules it breaks. */
const expressible = z.discriminatedUnion('kind', [
  z
    .strictObject({
      kind: z.literal('revenue_share'),
      id: text,
      ratesByTier: z.record(z.string(), z.int()).optional(),
      brackets: z.array(z.strictObject({ upTo: z.int().nullable().optional(), rateBps: whole })).optional(),
      mode: z.enum(['graduated', 'volume']).optional(),
      metric: z.enum(['revenue', 'conversions']).optional(),
      rates: z.array(z.strictObject({ category: text, country: text, tier: text, rateBps: whole })).optional(),
      ...caps,
      currency,
      windowMonths: whole,
    })
    .refine(({ ratesByTier, brackets }) => ratesByTier === undefined || brackets === undefined),
  z.strictObject({ kind: z.literal('referral_fee'), ...fee, ...caps }),
  z.strictObject({ kind: z.literal('fixed_fee'), ...fee, prorate: z.boolean().optional() }),
  z.strictObject({ kind: z.literal('minimum_commitment'), ...fee }),
]);

/** A draft as the form shows it. @param programCurrency of components that name none */
export function editorOf(
  draft: { readonly name: string; readonly components: DraftComponents },
  programCurrency: string,
): EditorPlan {
  return { name: draft.name, parts: draft.components.map((component) => partOf(component, programCurrency)) };
}

function partOf(component: DraftComponent, programCurrency: string): EditorPart {
  const { data } = expressible.safeParse(component);
  if (!data) return { raw: JSON.stringify(component) };
  const own = data.currency ?? programCurrency;
  const amount = (minor: number | undefined): string => (minor === undefined ? '' : writtenAmount(minor, own));
  const shared = { ...EMPTY, kind: data.kind, id: data.id ?? '', currency: data.currency ?? '' };
  const capped = (given: { capPerCustomerMinor?: number | undefined; capPerPeriodMinor?: number | undefined }) => ({
    capPerCustomer: amount(given.capPerCustomerMinor),
    capPerPeriod: amount(given.capPerPeriodMinor),
  });
  if (data.kind === 'minimum_commitment') return { ...shared, amount: amount(data.amountMinor) };
  if (data.kind === 'fixed_fee') {
    return { ...shared, amount: amount(data.amountMinor), prorate: data.prorate !== false };
  }
  if (data.kind === 'referral_fee') return { ...shared, amount: amount(data.amountMinor), ...capped(data) };
  const bound = (upTo: number | null | undefined): string =>
    upTo === null || upTo === undefined ? '' : data.metric === 'conversions' ? String(upTo) : writtenAmount(upTo, own);
  return {
    ...shared,
    ...capped(data),
    windowMonths: data.windowMonths === undefined ? '' : String(data.windowMonths),
    by: data.brackets ? 'brackets' : 'tiers',
    tiers: Object.entries(data.ratesByTier ?? {}).map(([tier, bps]) => ({ tier, rate: writtenPercent(bps) })),
    mode: data.mode ?? 'graduated',
    metric: data.metric ?? 'revenue',
    brackets: (data.brackets ?? []).map(({ upTo, rateBps }) => ({ upTo: bound(upTo), rate: rate(rateBps) })),
    rates: (data.rates ?? []).map(({ category = '', country = '', tier = '', rateBps }) => ({
      category,
      country,
      tier,
      rate: rate(rateBps),
    })),
  };
}

const rate = (bps: number | undefined): string => (bps === undefined ? '' : writtenPercent(bps));

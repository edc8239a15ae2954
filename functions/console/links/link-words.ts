import type { Tone } from '#console/ui/parts';
import type { Format } from '#functions/console/web/format';
import type { CLICK_DIMENSIONS } from '#shared/application/tracking/clicks/click-ports';

export type LinkStatus = 'active' | 'paused' | 'expired';

export const LINK_STATUS: Readonly<Record<LinkStatus, readonly [Tone, string]>> = {
  active: ['good', 'active'],
  paused: ['attention', 'paused'],
  expired: ['plain', 'ended'],
};

/** What clicks of a link can be told apart by, in words. */
export const WAYS: readonly (readonly [by: 'none' | (typeof CLICK_DIMENSIONS)[number], label: string])[] = [
  ['none', 'All clicks'],
  ['sub1', 'Sub-id 1'],
  ['sub2', 'Sub-id 2'],
  ['sub3', 'Sub-id 3'],
  ['sub4', 'Sub-id 4'],
  ['sub5', 'Sub-id 5'],
  ['country', 'Country'],
];

export const SUB_IDS = ['sub1', 'sub2', 'sub3', 'sub4', 'sub5'] as const;

/** The link as it is shared with sub-ids: what somebody adds to tell places apart. */
export function withSubIds(url: string, subs: Readonly<Record<string, string | undefined>>): string {
  const shared = new URL(url);
  for (const name of SUB_IDS) {
    const value = subs[name]?.trim();
    if (value) shared.searchParams.set(name, value);
  }
  return shared.href;
}

const CHANGED: Readonly<Record<string, string>> = {
  status: 'state',
  destination: 'destination',
  expiresAt: 'end',
  campaign: 'campaign',
  utm: 'UTM parameters',
  description: 'description',
  disclosedAs: 'who is paid',
  disabled: 'state',
  discount: 'discount',
  maxRedemptions: 'limit in all',
  maxPerCustomer: 'limit per customer',
  minimumSpendMinor: 'least basket',
  newCustomersOnly: 'new customers only',
  validFrom: 'start',
  currency: 'currency',
};

type Change = { readonly before: Readonly<Record<string, unknown>>; readonly after: Readonly<Record<string, unknown>> };

/** What a change did, thing by thing: `destination: https://a to https://b`. */
export function changeWords({ before, after }: Change, format: Format): readonly string[] {
  const names = [...new Set([...Object.keys(before), ...Object.keys(after)])];
  return names.map((name) => {
    const [from, to] = [valueWords(name, before[name], format), valueWords(name, after[name], format)];
    return `${CHANGED[name] ?? name}: ${from} to ${to}`;
  });
}

function valueWords(name: string, value: unknown, format: Format): string {
  if (value === undefined || value === null) return 'none';
  if (name === 'disabled') return value === true ? 'disabled' : 'active';
  if (typeof value === 'string' && (name === 'expiresAt' || name === 'validFrom')) return format.moment(value);
  if (typeof value === 'string') return value;
  return typeof value === 'object' ? JSON.stringify(value) : String(value);
}

type Discount =
  | { readonly kind: 'percent'; readonly rateBps: number; readonly capMinor?: number | undefined }
  | { readonly kind: 'fixed'; readonly amountMinor: number }
  | { readonly kind: 'free_period'; readonly length: number; readonly unit: 'days' | 'months' };

/** What a customer gets for a code. */
export function discountWords(
  { discount, currency }: { readonly discount?: Discount | undefined; readonly currency?: string | undefined },
  format: Format,
): string {
  if (!discount) return 'No discount: it only says who sent the customer';
  switch (discount.kind) {
    case 'percent': {
      const cap =
        discount.capMinor === undefined || !currency ? '' : `, at most ${format.amount(discount.capMinor, currency)}`;
      return `${format.percent(discount.rateBps)} off${cap}`;
    }
    case 'fixed':
      return currency ? `${format.amount(discount.amountMinor, currency)} off` : 'A fixed amount off';
    case 'free_period': {
      const unit = discount.length === 1 ? discount.unit.slice(0, -1) : discount.unit;
      return `${format.count(discount.length)} ${unit} free`;
    }
  }
}

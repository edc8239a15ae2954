import type { Words } from '#functions/tracking/pages/words';
import { decimalsOf, toDecimal } from '#shared/domain/money/minor-units';
import { type Instant, toEpochMs } from '#shared/domain/time/instant';
import type { Language } from '#shared/domain/tracking/disclosure';
import type { OfferTerms } from '#shared/domain/tracking/discount';

const BASIS_POINTS = 10_000;

/** How the programme's customers read amounts and dates. */
export type Reading = { readonly language: Language; readonly timeZone: string; readonly words: Words };

/** An exact amount, as the language writes it. */
export function amountIn(language: Language, minor: bigint, currency: string): string {
  const decimals = decimalsOf(currency);
  const format = new Intl.NumberFormat(language, {
    style: 'currency',
    currency,
    minimumFractionDigits: decimals,
    maximumFractionDigits: decimals,
  });
  // As text: a number would round what is beyond 2^53.
  return format.format(toDecimal(minor, currency) as Intl.StringNumericLiteral);
}

/** What a code gives, in a few words; `undefined` for one that only says who sent the customer. */
export function discountWords({ discount, currency }: OfferTerms, { language, words }: Reading): string | undefined {
  if (!discount) return undefined;
  switch (discount.kind) {
    case 'percent': {
      const percent = new Intl.NumberFormat(language, { style: 'percent', maximumFractionDigits: 2 });
      const off = words.percentOff(percent.format(discount.rateBps / BASIS_POINTS));
      const cap = discount.capMinor;
      if (cap === undefined || currency === undefined) return off;
      return `${off}, ${words.atMost(amountIn(language, cap, currency))}`;
    }
    case 'fixed':
      return currency === undefined ? undefined : words.amountOff(amountIn(language, discount.amountMinor, currency));
    case 'free_period':
      return discount.unit === 'days' ? words.freeDays(discount.length) : words.freeMonths(discount.length);
  }
}

/** What must hold for a code to be taken, a sentence each. */
export function conditionWords(
  terms: OfferTerms & { readonly validUntil?: Instant | undefined; readonly maxPerCustomer?: number | undefined },
  reading: Reading,
): readonly string[] {
  const { words, language } = reading;
  const { currency, minimumSpendMinor, newCustomersOnly, validUntil } = terms;
  const conditions: string[] = [];
  if (minimumSpendMinor !== undefined && minimumSpendMinor > 0n && currency !== undefined) {
    conditions.push(words.minimumSpend(amountIn(language, minimumSpendMinor, currency)));
  } else if (currency !== undefined) conditions.push(words.onlyCurrency(currency));
  if (newCustomersOnly) conditions.push(words.newCustomersOnly);
  // Where there is nothing to get, there is nothing to get too often.
  if (terms.discount) conditions.push(words.perCustomer(terms.maxPerCustomer ?? 1));
  if (validUntil !== undefined) conditions.push(endWords(validUntil, reading));
  return conditions;
}

/** The last day where the end is a midnight of the programme's, else the minute and its zone. */
function endWords(end: Instant, { words, language, timeZone }: Reading): string {
  const clock = new Intl.DateTimeFormat('en-GB', { timeZone, timeStyle: 'medium' });
  const endMs = toEpochMs(end);
  if (clock.format(endMs) === '00:00:00') {
    return words.validThrough(new Intl.DateTimeFormat(language, { timeZone, dateStyle: 'long' }).format(endMs - 1));
  }
  const minute = new Intl.DateTimeFormat(language, { timeZone, dateStyle: 'long', timeStyle: 'short' });
  return words.validUntil(`${minute.format(endMs)} (${timeZone})`);
}

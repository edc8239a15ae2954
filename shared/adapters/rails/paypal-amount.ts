import { PAYPAL_CURRENCIES } from '#shared/domain/ledger/rail-limits';
import { decimalsOf, toDecimal } from '#shared/domain/money/minor-units';
import type { Currency } from '#shared/domain/money/money';

/** Without decimals there, whatever ISO 4217 gives them. */
const WHOLE: ReadonlySet<Currency> = new Set(['HUF', 'JPY', 'TWD']);

/** The amount as PayPal writes it; `undefined` for a currency it does not pay out, or an amount it cannot express to the last minor unit. */
export function paypalAmount(minor: bigint, currency: Currency): string | undefined {
  if (!PAYPAL_CURRENCIES.has(currency)) return undefined;
  if (!WHOLE.has(currency)) return toDecimal(minor, currency);
  const unit = 10n ** BigInt(decimalsOf(currency));
  return minor % unit === 0n ? (minor / unit).toString() : undefined;
}

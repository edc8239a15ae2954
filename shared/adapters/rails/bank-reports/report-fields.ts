import { fromDecimal } from '#shared/domain/money/minor-units';
import { textAt, type XmlNode } from './read-xml.ts';

export type ReadAmount = { readonly amountMinor?: bigint; readonly currency?: string; readonly isUnreadable: boolean };

const CURRENCY = /^[A-Z]{3}$/;
/** JSON carries no larger integer exactly. No payout is as much, and an entry that cannot be shown would hide all others. */
const MAX_MINOR = BigInt(Number.MAX_SAFE_INTEGER);

/** The amount of an element such as `<Amt Ccy="EUR">12.30</Amt>`. */
export function amountOf(node: XmlNode | undefined): ReadAmount {
  if (node === undefined) return { isUnreadable: false };
  const currency = textAt(node, '@Ccy');
  const decimal = textAt(node);
  if (currency === undefined || !CURRENCY.test(currency) || decimal === undefined) return { isUnreadable: true };
  const amountMinor = fromDecimal(decimal, currency);
  if (amountMinor === undefined || amountMinor > MAX_MINOR) return { isUnreadable: true };
  return { amountMinor, currency, isUnreadable: false };
}

/** ISO 20022 wants an id: a bank that has none writes this. */
export function referenceAt(node: XmlNode | undefined, ...path: readonly string[]): string | undefined {
  const text = textAt(node, ...path);
  return text === undefined || text === 'NOTPROVIDED' ? undefined : clipped(text);
}

/** An IBAN, or the digits of another account, with or without spaces. */
const ACCOUNT = /\b(?:[A-Z]{2}\d{2}(?: ?[A-Z0-9]{4}){2,7}(?: ?[A-Z0-9]{1,3})?|\d(?: ?\d){6,})\b/g;
const SHOWN_DIGITS = 4;

/** What a bank wrote in its own words, with the end alone of each account that it names: those stay in the file. */
export const withoutAccounts = (text: string): string =>
  text.replaceAll(ACCOUNT, (account) => `…${account.replaceAll(' ', '').slice(-SHOWN_DIGITS)}`);

const MAX_TEXT = 140;
export const clipped = (text: string): string => text.slice(0, MAX_TEXT);

import { fromDecimal } from '#shared/domain/money/minor-units';
import { textAt, type XmlNode } from './read-xml.ts';

export type ReadAmount = { readonly amountMinor?: bigint; readonly currency?: string; readonly isUnreadable: boolean };

/** The amount of an element such as `<Amt Ccy="EUR">12.30</Amt>`. */
export function amountOf(node: XmlNode | undefined): ReadAmount {
  if (node === undefined) return { isUnreadable: false };
  const currency = textAt(node, '@Ccy');
  const decimal = textAt(node);
  const amountMinor = currency && decimal ? fromDecimal(decimal, currency) : undefined;
  if (currency === undefined || amountMinor === undefined) return { isUnreadable: true };
  return { amountMinor, currency, isUnreadable: false };
}

/** ISO 20022 wants an id: a bank that has none writes this. */
export function referenceAt(node: XmlNode | undefined, ...path: readonly string[]): string | undefined {
  const text = textAt(node, ...path);
  return text === undefined || text === 'NOTPROVIDED' ? undefined : clipped(text);
}

const MAX_TEXT = 140;
export const clipped = (text: string): string => text.slice(0, MAX_TEXT);

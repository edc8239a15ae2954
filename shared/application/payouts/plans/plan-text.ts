import type { Component } from '#shared/domain/plan/plan';

/** Amounts and bounds of a component: bigint inside, integers in text. */
const AMOUNT_FIELDS = new Set(['amountMinor', 'upTo', 'capPerCustomerMinor', 'capPerPeriodMinor']);

/**
 * One text a plan's content has, whatever order its members were sent in: members sorted, amounts as decimal strings.
 * Two plans are the same if and only if these texts are.
 */
export function componentsToText(components: readonly (Component | Readonly<Record<string, unknown>>)[]): string {
  return JSON.stringify(components, (_key, value: unknown) => {
    if (typeof value === 'bigint') return value.toString();
    if (value === null || typeof value !== 'object' || Array.isArray(value)) return value;
    return Object.fromEntries(Object.entries(value).toSorted(([a], [b]) => (a < b ? -1 : 1)));
  });
}

/** Reads what `componentsToText` wrote. */
export function componentsFromText(text: string): readonly Component[] {
  return JSON.parse(text, (key, value: unknown) =>
    AMOUNT_FIELDS.has(key) && typeof value === 'string' ? BigInt(value) : value,
  ) as readonly Component[];
}

import type { CodeContent, CodeContentPart } from '#shared/application/tracking/codes/code-ports';

const CONTENT: readonly (keyof CodeContent)[] = [
  'description',
  'destination',
  'payeeName',
  'discount',
  'currency',
  'minimumSpendMinor',
  'newCustomersOnly',
  'maxRedemptions',
  'maxPerCustomer',
  'validFrom',
  'validUntil',
  'disabled',
];

/** The fields in which two versions of a code differ. */
export function changedFields(a: CodeContent, b: CodeContent): readonly (keyof CodeContent)[] {
  return CONTENT.filter((name) => asText(a[name]) !== asText(b[name]));
}

export function fieldsOf(content: CodeContent, names: readonly (keyof CodeContent)[]): CodeContentPart {
  return Object.fromEntries(names.flatMap((name) => (content[name] === undefined ? [] : [[name, content[name]]])));
}

/** A value as comparable text, whatever the order of its fields; what is absent has none. */
export function asText(value: unknown): string {
  return (
    JSON.stringify(value, (_name, item: unknown) => {
      if (typeof item === 'bigint') return item.toString();
      if (typeof item !== 'object' || item === null || Array.isArray(item)) return item;
      return Object.fromEntries(Object.entries(item).sort(([a], [b]) => (a < b ? -1 : 1)));
    }) ?? ''
  );
}

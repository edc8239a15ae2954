/** What can be put into canonical JSON. Members that are `undefined` are left out; an amount is written as its digits. */
export type Plain =
  | null
  | boolean
  | number
  | bigint
  | string
  | undefined
  | readonly Plain[]
  | { readonly [name: string]: Plain };

/**
 * One text for one value: no blanks, members in the code-unit order of their names, strings and numbers as `JSON.stringify` writes
 * them (RFC 8785), integers of any size by their decimal digits.
 * @throws RangeError for a number that is not finite
 */
export function canonicalJson(value: Plain): string {
  if (value === null || value === undefined) return 'null';
  if (typeof value === 'bigint') return value.toString();
  if (typeof value === 'number' && !Number.isFinite(value)) throw new RangeError(`${value} has no canonical form`);
  if (typeof value !== 'object') return JSON.stringify(value);
  if (isList(value)) return `[${value.map(canonicalJson).join(',')}]`;
  const members = Object.entries(value)
    .filter(([, member]) => member !== undefined)
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([name, member]) => `${JSON.stringify(name)}:${canonicalJson(member)}`);
  return `{${members.join(',')}}`;
}

function isList(value: Plain): value is readonly Plain[] {
  return Array.isArray(value);
}

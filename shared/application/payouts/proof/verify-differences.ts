/** What a difference is about, by its id: of a balance `partner currency`, of a partner its id, of the audit chain the effect. */
export type DifferenceSubject =
  | 'programme'
  | 'run'
  | 'statement'
  | 'entry'
  | 'payout'
  | 'invoice'
  | 'balance'
  | 'partner'
  | 'order'
  | 'audit';

/** One value that is stored otherwise than its facts say. Values are text, amounts in minor units. */
export type Difference = {
  readonly subject: DifferenceSubject;
  readonly id: string;
  readonly field: string;
  readonly stored: string;
  readonly recomputed: string;
};

/** Compares one field; equal values are no difference. */
export type Compare = (field: string, stored: unknown, recomputed: unknown) => void;

export type Differences = {
  readonly found: readonly Difference[];
  /** Differences beyond what is named of one subject. */
  readonly unnamed: () => number;
  readonly of: (subject: DifferenceSubject, id: string) => Compare;
};

/** One statement may hold a million lines: who reads the report needs the first ones and the number of the others. */
const MAX_NAMED_A_SUBJECT = 100;

export const MISSING = 'missing';
export const UNACCOUNTED = 'nothing';

/** Collects what differs. */
export function makeDifferences(): Differences {
  const found: Difference[] = [];
  const named = new Map<string, number>();
  let unnamed = 0;
  return {
    found,
    unnamed: () => unnamed,
    of: (subject, id) => (field, stored, recomputed) => {
      if (textOf(stored) === textOf(recomputed)) return;
      const key = `${subject} ${id}`;
      const count = (named.get(key) ?? 0) + 1;
      named.set(key, count);
      if (count > MAX_NAMED_A_SUBJECT) unnamed += 1;
      else found.push({ subject, id, field, stored: textOf(stored), recomputed: textOf(recomputed) });
    },
  };
}

/** Compares the named fields of two records of one shape. */
export function compareFields<T extends object>(
  compare: Compare,
  fields: readonly (keyof T & string)[],
  stored: T,
  recomputed: T,
  prefix = '',
): void {
  for (const field of fields) compare(`${prefix}${field}`, stored[field], recomputed[field]);
}

function textOf(value: unknown): string {
  return value === undefined ? 'none' : String(value);
}

import type { FormValues } from '#functions/console/web/form';
import {
  type BracketRow,
  type EditorPart,
  type EditorPlan,
  EMPTY,
  KINDS,
  type Kind,
  type RateRow,
  type TierRow,
} from './editor-plan.ts';

/** More than the API takes; a form with more was not made by the editor. */
const MAX_PARTS = 60;
const MAX_ROWS = 120;

/** How the fields of the editor are named: `c0.amount`, `c0.b1.upTo`. */
export const fieldName = (at: number, field: string): string => `c${at}.${field}`;

/** What a browser sends of the editor. */
export function valuesOf({ name, parts }: EditorPlan): FormValues {
  const values: Record<string, readonly string[]> = { name: [name] };
  for (const [at, part] of parts.entries()) {
    const put = (field: string, value: string): void => {
      values[fieldName(at, field)] = [value];
    };
    if ('raw' in part) {
      put('raw', part.raw);
      continue;
    }
    for (const field of TEXTS) put(field, part[field]);
    if (part.prorate) put('prorate', 'yes');
    for (const [row, { tier, rate }] of part.tiers.entries()) {
      put(`t${row}.tier`, tier);
      put(`t${row}.rate`, rate);
    }
    for (const [row, { upTo, rate }] of part.brackets.entries()) {
      put(`b${row}.upTo`, upTo);
      put(`b${row}.rate`, rate);
    }
    for (const [row, one] of part.rates.entries()) {
      for (const field of RATE_FIELDS) put(`r${row}.${field}`, one[field]);
    }
  }
  return values;
}

const TEXTS = [
  'kind',
  'id',
  'currency',
  'amount',
  'capPerCustomer',
  'capPerPeriod',
  'windowMonths',
  'by',
  'mode',
  'metric',
] as const;
const RATE_FIELDS = ['category', 'country', 'tier', 'rate'] as const;

/** The editor as it was sent. Nothing is held against any rule here: whatever was typed stays. */
export function readEditor(values: FormValues): EditorPlan {
  const text = (name: string): string => values[name]?.[0] ?? '';
  const rows = <Row>(prefix: string, mark: string, read: (of: (field: string) => string) => Row): readonly Row[] => {
    const found: Row[] = [];
    for (let row = 0; row < MAX_ROWS && values[`${prefix}${row}.${mark}`] !== undefined; row += 1) {
      found.push(read((field) => text(`${prefix}${row}.${field}`)));
    }
    return found;
  };
  const parts: EditorPart[] = [];
  for (let at = 0; at < MAX_PARTS; at += 1) {
    const raw = values[fieldName(at, 'raw')]?.[0];
    if (raw !== undefined) {
      parts.push({ raw });
      continue;
    }
    const kind = KINDS.find((one) => one === text(fieldName(at, 'kind')));
    if (kind === undefined) break;
    parts.push(readComponent(kind, (field) => text(fieldName(at, field)), at, rows));
  }
  return { name: text('name'), parts };
}

function readComponent(
  kind: Kind,
  of: (field: string) => string,
  at: number,
  rows: <Row>(prefix: string, mark: string, read: (of: (field: string) => string) => Row) => readonly Row[],
): EditorPart {
  return {
    ...EMPTY,
    kind,
    id: of('id'),
    currency: of('currency').toUpperCase(),
    amount: of('amount'),
    prorate: of('prorate') !== '',
    capPerCustomer: of('capPerCustomer'),
    capPerPeriod: of('capPerPeriod'),
    windowMonths: of('windowMonths'),
    by: of('by') === 'brackets' ? 'brackets' : 'tiers',
    mode: of('mode') === 'volume' ? 'volume' : 'graduated',
    metric: of('metric') === 'conversions' ? 'conversions' : 'revenue',
    tiers: rows<TierRow>(fieldName(at, 't'), 'tier', (field) => ({ tier: field('tier'), rate: field('rate') })),
    brackets: rows<BracketRow>(fieldName(at, 'b'), 'rate', (field) => ({ upTo: field('upTo'), rate: field('rate') })),
    rates: rows<RateRow>(fieldName(at, 'r'), 'rate', (field) => ({
      category: field('category'),
      country: field('country').toUpperCase(),
      tier: field('tier'),
      rate: field('rate'),
    })),
  };
}

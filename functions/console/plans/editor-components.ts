import { FieldProblem, type Form, formOf } from '#functions/console/web/form';
import { fieldName, valuesOf } from './editor-form.ts';
import type { DraftComponent, EditorComponent, EditorPart, EditorPlan } from './editor-plan.ts';

/** By field of the form: what is wrong, completing "This ...". */
export type Faults = Readonly<Record<string, string>>;

export type ReadPlan = {
  readonly components: readonly DraftComponent[];
  /** What was typed and is no number: left out of `components`. */
  readonly unreadable: Faults;
};

/** Components as the API takes them, out of what was typed: amounts and rates to the unit. @param programCurrency of components that name none */
export function componentsOf(editor: EditorPlan, programCurrency: string): ReadPlan {
  const data = new FormData();
  for (const [name, values] of Object.entries(valuesOf(editor))) for (const value of values) data.append(name, value);
  const form = formOf(data);
  const unreadable: Record<string, string> = {};
  const read = <T>(take: (form: Form) => T | undefined): T | undefined => {
    try {
      return take(form);
    } catch (error) {
      if (!(error instanceof FieldProblem)) throw error;
      unreadable[error.field] = error.message;
      return undefined;
    }
  };
  const components = editor.parts.map((part, at) => componentOf(part, at, programCurrency, read));
  return { components, unreadable };
}

type Read = <T>(take: (form: Form) => T | undefined) => T | undefined;

function componentOf(part: EditorPart, at: number, programCurrency: string, read: Read): DraftComponent {
  if ('raw' in part) return rawComponent(part.raw);
  const { kind, id, currency } = part;
  const own = /^[A-Z]{3}$/.test(currency) ? currency : programCurrency;
  const minor = (field: string): number | undefined => read((form) => form.optionalMinor(fieldName(at, field), own));
  const caps = { capPerCustomerMinor: minor('capPerCustomer'), capPerPeriodMinor: minor('capPerPeriod') };
  const named = { kind, id: given(id), currency: given(currency) };
  if (kind === 'revenue_share') return compact({ ...named, ...caps, ...share(part, at, own, read) });
  const paid = { ...named, amountMinor: minor('amount') };
  if (kind === 'referral_fee') return compact({ ...paid, ...caps });
  if (kind === 'fixed_fee') return compact({ ...paid, prorate: part.prorate ? undefined : false });
  return compact(paid);
}

function share(part: EditorComponent, at: number, currency: string, read: Read): Record<string, unknown> {
  const bps = (field: string): number | undefined => read((form) => form.optionalBps(fieldName(at, field)));
  const { by, metric, mode, tiers, brackets, rates } = part;
  const bound = (field: string): number | undefined =>
    read((form) =>
      metric === 'conversions'
        ? form.optionalInteger(fieldName(at, field))
        : form.optionalMinor(fieldName(at, field), currency),
    );
  const rules = rates.map(({ category, country, tier }, row) =>
    compact({
      category: given(category),
      country: given(country),
      tier: given(tier),
      rateBps: bps(`r${row}.rate`),
    }),
  );
  const more = {
    windowMonths: read((form) => form.optionalInteger(fieldName(at, 'windowMonths'))),
    rates: rules.length > 0 ? rules : undefined,
  };
  if (by === 'tiers') {
    // A tier without a rate is not named: the share pays it nothing.
    const named = tiers.flatMap(({ tier }, row) => {
      const rateBps = bps(`t${row}.rate`);
      return tier === '' || rateBps === undefined ? [] : [[tier, rateBps] as const];
    });
    return { ratesByTier: Object.fromEntries(named), ...more };
  }
  const steps = brackets.map((_, row) =>
    compact({ upTo: bound(`b${row}.upTo`) ?? null, rateBps: bps(`b${row}.rate`) }),
  );
  return { brackets: steps, mode, metric, ...more };
}

/** The form keeps it between buttons; a text that somebody changed on the way is no component. */
function rawComponent(raw: string): DraftComponent {
  try {
    const value: unknown = JSON.parse(raw);
    if (typeof value === 'object' && value !== null && !Array.isArray(value)) return value as DraftComponent;
  } catch {
    // Told by the API's rules, as any component without a kind.
  }
  return {};
}

const given = (text: string): string | undefined => (text === '' ? undefined : text);

function compact(record: Readonly<Record<string, unknown>>): DraftComponent {
  return Object.fromEntries(Object.entries(record).filter(([, value]) => value !== undefined));
}

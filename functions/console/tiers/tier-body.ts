import type * as z from 'zod';
import { FieldProblem, type Form, formOf } from '#functions/console/web/form';
import type { setTierSchemeRoute } from '#shared/contracts/partners/tiers/set-tier-scheme';
import { type TypedCondition, type TypedRequirement, type TypedScheme, valuesOf } from './tier-editor.ts';

type Body = z.input<typeof setTierSchemeRoute.body>;
export type SchemeBody = Omit<Body, 'expectedVersion'>;

export type ReadScheme = {
  readonly body: SchemeBody;
  /** By field: what was typed and is no number. */
  readonly unreadable: Readonly<Record<string, string>>;
};

/** The scheme as the API takes it, out of what was typed: amounts and rates to the unit. @param currency of the programme */
export function schemeBody(scheme: TypedScheme, currency: string): ReadScheme {
  const data = new FormData();
  for (const [name, values] of Object.entries(valuesOf(scheme))) for (const value of values) data.append(name, value);
  const form = formOf(data);
  const unreadable: Record<string, string> = {};
  const read = <T>(take: (form: Form) => T | undefined): T | undefined => {
    try {
      return take(form);
    } catch (error) {
      if (!(error instanceof FieldProblem)) throw error;
      unreadable[error.field] ??= error.message;
      return undefined;
    }
  };
  const integer = (name: string): number | undefined => read((one) => one.optionalInteger(name));
  const bps = (name: string): number | undefined => read((one) => one.optionalBps(name));
  const fields: Fields = { integer, bps, minor: (name) => read((one) => one.optionalMinor(name, currency)) };
  const tiers = scheme.tiers.map(({ tier, byInvitation, requires }, at) => {
    // Conditions of a tier by invitation are kept in the form alone, for who takes the tick away again.
    const asked = byInvitation ? undefined : requirementOf(requires, `t${at}.q`, fields);
    // Nobody should say by leaving something out that everybody is raised: the API refuses a tier that says nothing.
    const saysNothing = requires.join !== 'nothing' && requires.parts.length === 0;
    return compact({
      tier,
      byInvitation,
      suggestedRateBps: bps(`t${at}.rate`),
      requires: saysNothing ? undefined : asked,
    });
  });
  const body = compact({
    tiers,
    promotion: scheme.promotion,
    graceDays: integer('graceDays'),
    warnAgainDays: integer('warnAgainDays'),
    nudgeFromBps: bps('nudge'),
    reason: scheme.reason,
  });
  // What it lacks or has wrong the API tells, field by field.
  return { body: body as SchemeBody, unreadable };
}

type Fields = Readonly<Record<'integer' | 'bps' | 'minor', (name: string) => number | undefined>>;

function requirementOf(requires: TypedRequirement, path: string, fields: Fields): object {
  if (!('join' in requires)) return conditionOf(requires, path, fields);
  if (requires.join === 'nothing') return { all: [] };
  return { [requires.join]: requires.parts.map((part, at) => requirementOf(part, `${path}.${at}`, fields)) };
}

function conditionOf({ fact, name }: TypedCondition, path: string, { integer, bps, minor }: Fields): object {
  const withinMonths = (): number | undefined => integer(`${path}.months`);
  switch (fact) {
    case 'terms_accepted':
      return { fact };
    case 'qualified_referrals':
      return compact({ fact, atLeast: integer(`${path}.number`), withinMonths: withinMonths() });
    case 'partner_revenue':
      return compact({ fact, atLeastMinor: minor(`${path}.number`), withinMonths: withinMonths() });
    case 'retention':
      return compact({
        fact,
        atLeastBps: bps(`${path}.number`),
        withinMonths: withinMonths(),
        minimumCustomers: integer(`${path}.customers`),
      });
    case 'certification':
      return compact({ fact, certification: name === '' ? undefined : name });
    case 'confirmation':
      return compact({ fact, confirmation: name === '' ? undefined : name });
  }
}

function compact(record: Readonly<Record<string, unknown>>): Record<string, unknown> {
  return Object.fromEntries(Object.entries(record).filter(([, value]) => value !== undefined));
}

const FIELDS: Readonly<Record<string, string>> = {
  atLeast: 'number',
  atLeastMinor: 'number',
  atLeastBps: 'number',
  withinMonths: 'months',
  minimumCustomers: 'customers',
  certification: 'name',
  confirmation: 'name',
  fact: 'fact',
};

/** The field that a JSON pointer of the API is about: `/tiers/1/requires/all/0/atLeast` is `t1.q.0.number`. */
export function fieldAt(pointer: string): string {
  const [, first = '', at, member, ...rest] = pointer.split('/');
  if (first === 'nudgeFromBps') return 'nudge';
  if (first !== 'tiers') return first;
  if (at === undefined) return 'tiers';
  if (member === undefined) return `t${at}.tier`;
  if (member !== 'requires') return `t${at}.${member === 'suggestedRateBps' ? 'rate' : member}`;
  const steps = rest.filter((step) => step !== 'all' && step !== 'any');
  const last = steps.at(-1);
  const isField = last !== undefined && !/^\d+$/.test(last);
  const places = isField ? steps.slice(0, -1) : steps;
  const path = [`t${at}.q`, ...places].join('.');
  if (isField) return `${path}.${FIELDS[last] ?? 'fact'}`;
  // A whole condition, or a whole group: only a group is left without a place, or ends with its join.
  return rest.at(-1) === 'all' || rest.at(-1) === 'any' || steps.length === 0 ? `${path}.join` : `${path}.fact`;
}

import type { Format } from '#functions/console/web/format';
import type { Faults } from './editor-components.ts';
import { fieldName } from './editor-form.ts';
import type { EditorPlan } from './editor-plan.ts';

export type BrokenRule = { readonly pointer: string; readonly rule: string };
/** What is wrong at a field, or with a component as a whole (`c0`), or with the plan (empty). */
export type Fault = { readonly field: string; readonly words: string };

const FIELDS: Readonly<Record<string, string>> = {
  amountMinor: 'amount',
  capPerCustomerMinor: 'capPerCustomer',
  capPerPeriodMinor: 'capPerPeriod',
  ratesByTier: 't0.rate',
  brackets: 'b0.rate',
};

/**
 * The rules of the API at the fields that break them, in words for who reads amounts in main units and rates in per cent. What was
 * typed and is no number stands first, and hides what the API says of its place.
 */
export function faultsOf(
  editor: EditorPlan,
  unreadable: Faults,
  broken: readonly BrokenRule[],
  format: Pick<Format, 'count'>,
): readonly Fault[] {
  const typed = Object.entries(unreadable).map(([field, rule]) => ({
    field,
    words: field.endsWith('.rate')
      ? 'Write a rate in per cent such as 12.5, with at most 2 decimals.'
      : `This ${rule}.`,
  }));
  const told = new Set(typed.map(({ field }) => field));
  const faults: Fault[] = [...typed];
  for (const { pointer, rule } of broken) {
    const field = fieldAt(editor, pointer);
    if (told.has(field)) continue;
    told.add(field);
    faults.push({ field, words: wordsOf(editor, pointer, rule, format) });
  }
  return faults;
}

/** The field of a JSON pointer: `/components/0/brackets/1/upTo` is `c0.b1.upTo`. */
export function fieldAt(editor: EditorPlan, pointer: string): string {
  const [, list, place = '', member, row, inner] = pointer.split('/').map(unescaped);
  if (list === 'name') return 'name';
  if (list !== 'components' || !/^\d+$/.test(place)) return '';
  const at = Number(place);
  const part = editor.parts[at];
  if (part === undefined) return '';
  if (member === undefined || 'raw' in part) return `c${at}`;
  if (member === 'ratesByTier' && row !== undefined) {
    const tier = part.tiers.findIndex((one) => one.tier === row);
    return tier < 0 ? `c${at}` : fieldName(at, `t${tier}.rate`);
  }
  if (member === 'brackets' && row !== undefined) return fieldName(at, `b${row}.${inner === 'upTo' ? 'upTo' : 'rate'}`);
  if (member === 'rates' && row !== undefined) {
    const known = inner === 'country' || inner === 'tier' || inner === 'rateBps' ? inner : 'category';
    return fieldName(at, `r${row}.${known === 'rateBps' ? 'rate' : known}`);
  }
  return fieldName(at, FIELDS[member] ?? member);
}

/** The rule in words: the API speaks of minor units, basis points and JSON. */
function wordsOf(editor: EditorPlan, pointer: string, rule: string, { count }: Pick<Format, 'count'>): string {
  const steps = pointer.split('/');
  const last = steps.at(-1) ?? '';
  const earlier = /\/rates\/(\d+)/.exec(rule)?.[1];
  if (/^\/components\/\d+\/rates\/\d+$/.test(pointer) && earlier !== undefined) {
    const row = count(Number(earlier) + 1);
    return rule.startsWith('can never win')
      ? `This rule can never win: rule ${row} names the same and comes earlier.`
      : `This rule repeats rule ${row}: remove one of them.`;
  }
  if (rule === 'is missing' || rule === 'must not be empty' || rule === 'must be given') return 'Please fill this in.';
  if (last === 'rateBps' || steps.at(-2) === 'ratesByTier') return 'A rate is from 0 to 100 per cent.';
  if (last === 'ratesByTier') return 'Give at least one tier a rate.';
  if (last === 'upTo') return boundWords(editor, steps, rule);
  if (pointer === '/components' && /at least/.test(rule)) return 'Add at least one component below.';
  if (rule.includes('minimum_commitment')) return 'A plan has at most one guaranteed minimum a currency: remove one.';
  if (last === 'id' && rule.includes('unique')) return 'Another component has this name: choose another one.';
  return `This ${rule}.`;
}

function boundWords(editor: EditorPlan, steps: readonly string[], rule: string): string {
  if (rule.startsWith('must be null')) return 'Leave this empty: the last bracket has no end.';
  if (rule.startsWith('may be null')) return 'Please fill this in: only the last bracket has no end.';
  const part = editor.parts[Number(steps[2])];
  const row = Number(steps[4]);
  const before = part && !('raw' in part) && row > 0 ? part.brackets[row - 1]?.upTo : undefined;
  if (rule.startsWith('must be above')) return `This must be above ${before ? before : 'zero'}: brackets go upwards.`;
  return `This ${rule}.`;
}

const unescaped = (step: string): string => step.replaceAll('~1', '/').replaceAll('~0', '~');

import type { Action, Visit } from '#functions/console/web/page';
import type { Fault } from './editor-faults.ts';
import { valuesOf } from './editor-form.ts';
import type { EditorPlan } from './editor-plan.ts';

/** What the fields of the editor need: what was typed, and what is wrong where. */
export type EditorFields = {
  readonly visit: Visit;
  /** For the form's parts: they show what was typed, with its faults, as after a refusal. */
  readonly wired: { readonly visit: Visit; readonly action: Action };
  /** Of the programme, the lowest first. */
  readonly tiers: readonly string[];
  /** Where what is typed is held against the rules, and where buttons change it. */
  readonly checkAddress: string;
};

/** @param action that the form is sent to */
export function fieldsOf(
  visit: Visit,
  action: Action,
  given: {
    readonly editor: EditorPlan;
    readonly faults: readonly Fault[];
    readonly tiers: readonly string[];
    readonly checkAddress: string;
  },
): EditorFields {
  const fields: Record<string, string> = {};
  for (const { field, words } of given.faults) fields[field] ??= words;
  const failed = { action: action.name, values: valuesOf(given.editor), fields, message: '', code: '' };
  return {
    visit,
    wired: { visit: { ...visit, failed }, action },
    tiers: given.tiers,
    checkAddress: given.checkAddress,
  };
}

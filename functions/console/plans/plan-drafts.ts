import type * as z from 'zod';
import type { planDraftSchema } from '#shared/contracts/payouts/plans/plan-draft';
import { draftHref, publishHref, simulateHref } from './plan-paths.ts';

export type PlanDraft = z.output<typeof planDraftSchema>;

/** Where one goes after saving, and what is told there. @param pressed `save`, `simulate` or `publish` */
export function afterSaving(
  programId: string,
  { draftId, brokenRules }: Pick<PlanDraft, 'draftId' | 'brokenRules'>,
  pressed: string,
): [to: string, done: string] {
  const faults = brokenRules.length;
  if (faults > 0) {
    const things = faults === 1 ? 'One thing is' : `${faults} things are`;
    return [
      draftHref(programId, draftId),
      `Saved. ${things} still to be mended before it can be simulated or published.`,
    ];
  }
  if (pressed === 'simulate') return [simulateHref(programId, draftId), 'Saved.'];
  if (pressed === 'publish') return [publishHref(programId, draftId), 'Saved. Nothing is published yet.'];
  return [draftHref(programId, draftId), 'Saved. It breaks no rule: simulate it, then publish it.'];
}

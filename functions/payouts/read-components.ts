import { proposedComponent } from '#functions/payouts/proposed-component';
import { fieldErrors } from '#functions/runtime/field-errors';
import type { ReadComponents } from '#shared/application/payouts/plans/plan-draft';
import { planBodySchema } from '#shared/contracts/payouts/plan';
import type { BrokenRule, ProposedComponent } from '#shared/domain/plan/plan-rules';

const { components: componentsSchema } = planBodySchema.shape;
type Sent = Parameters<typeof proposedComponent>[0];

/**
 * Reads components by the schema of POST /plans, each by itself, so that what one breaks does not hide the others. A
 * component that breaks only a rule of ours, not its shape, is still held against the rules of a plan.
 */
export const readComponents: ReadComponents = (components) => {
  const parsed = componentsSchema.safeParse(components);
  const broken: BrokenRule[] = [];
  const unreadable = new Set<number>();
  for (const issue of parsed.error?.issues ?? []) {
    broken.push(...fieldErrors({ ...issue, path: ['components', ...issue.path] }));
    if (issue.code !== 'custom' && typeof issue.path[0] === 'number') unreadable.add(issue.path[0]);
  }
  const readable = new Map<number, ProposedComponent>();
  for (const [index, component] of components.entries()) {
    if (!unreadable.has(index)) readable.set(index, proposedComponent((parsed.data?.[index] ?? component) as Sent));
  }
  return { readable, broken };
};

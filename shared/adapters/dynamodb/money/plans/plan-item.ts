import * as z from 'zod';
import { instantField } from '#shared/adapters/dynamodb/money/money-fields';
import { componentsFromText } from '#shared/application/payouts/plans/plan-text';
import type { PublishedPlan } from '#shared/application/payouts/ports';

const planItemSchema = z.object({
  version: z.number(),
  components: z.string(),
  publishedBy: z.string(),
  publishedAt: instantField,
});

/** The stored plan. Components are one text, so that what was published is what is read, byte for byte. */
export function planOfItem(item: unknown): PublishedPlan {
  const { components, ...plan } = planItemSchema.parse(item);
  return { ...plan, components: componentsFromText(components) };
}

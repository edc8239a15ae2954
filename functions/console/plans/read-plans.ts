import type * as z from 'zod';
import type { Visit } from '#functions/console/web/page';
import { listPlansRoute } from '#shared/contracts/payouts/plans/list-plans';
import { componentSchema, type planSchema } from '#shared/contracts/payouts/plans/plan';
import { type Component, componentWords } from './component-words.ts';
import type { DraftComponents } from './editor-plan.ts';

export type Plan = z.output<typeof planSchema>;

const A_PAGE = 200;
/** Two thousand versions: more than anybody publishes. */
const MAX_PAGES = 10;

/** Every published version, the newest first. */
export async function allPlans({ api, programme }: Pick<Visit, 'api' | 'programme'>): Promise<readonly Plan[]> {
  const plans: Plan[] = [];
  let cursor: string | undefined;
  for (let page = 0; page < MAX_PAGES; page += 1) {
    const { items, nextCursor } = await api.call(listPlansRoute, {
      params: { programId: programme.programId },
      query: { cursor, limit: A_PAGE },
    });
    plans.push(...items);
    cursor = nextCursor;
    if (cursor === undefined) break;
  }
  return plans.toSorted((a, b) => b.version - a.version);
}

/** What each component pays, in words; `undefined` of one that is not complete yet. */
export function wordsOfDraft(
  components: DraftComponents,
  { programme, format }: Pick<Visit, 'programme' | 'format'>,
): readonly (string | undefined)[] {
  return components.map((component) => {
    const { data } = componentSchema.safeParse(component);
    return data && isWordable(data) ? componentWords(data, programme.currency, format) : undefined;
  });
}

/** The shape may be there without what it is about. */
function isWordable(component: Component): boolean {
  if (component.kind !== 'revenue_share') return component.amountMinor > 0;
  const { ratesByTier, brackets } = component;
  return Object.keys(ratesByTier ?? {}).length > 0 || (brackets ?? []).length > 0;
}

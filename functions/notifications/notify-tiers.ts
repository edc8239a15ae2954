import * as z from 'zod';
import { moneyTable, partnersTable, tell, telling } from '#functions/notifications/composition';
import { nextTier } from '#functions/notifications/next-tier-composition';
import { makePlanReader } from '#shared/adapters/dynamodb/money/plans/plan-reader';
import { makeTierSteps } from '#shared/adapters/dynamodb/partners/tiers/tier-steps';
import { makeTellTiers } from '#shared/application/notifications/telling/tell-tiers';
import {
  tierChangedSchema,
  tierDemotedSchema,
  tierDemotionLiftedSchema,
  tierDemotionWarnedSchema,
  tierPromotedSchema,
  tierWithinReachSchema,
} from '#shared/contracts/events';

const tellTiers = makeTellTiers({
  ...{ tell, log: telling.log, nextTier },
  partners: telling.partners,
  plans: makePlanReader(moneyTable),
  steps: makeTierSteps(partnersTable),
});

const eventSchema = z.object({
  detail: z.discriminatedUnion('type', [
    tierPromotedSchema,
    tierDemotedSchema,
    tierChangedSchema,
    tierDemotionWarnedSchema,
    tierDemotionLiftedSchema,
    tierWithinReachSchema,
  ]),
});

/** @throws Error when somebody should be told again: the event is delivered again, then kept in the dead-letter queue. */
export const handler = (event: unknown): Promise<void> => tellTiers(eventSchema.parse(event).detail);

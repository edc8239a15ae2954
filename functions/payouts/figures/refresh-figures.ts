import * as z from 'zod';
import { figureReads } from '#functions/payouts/figures/figures-composition';
import { type LambdaContext, timeBoxOf } from '#functions/runtime/time-box';
import { makeRefreshFigures } from '#shared/application/payouts/figures/refresh-figures';
import { figuresRequestedSchema } from '#shared/contracts/events';
import type { Period } from '#shared/domain/time/instant';

const refresh = makeRefreshFigures(figureReads);

const eventSchema = z.object({ detail: figuresRequestedSchema });

/** Called by the event rule for `figures.requested`. */
export const handler = async (event: unknown, context: LambdaContext): Promise<void> => {
  const { programId, partnerId, period, kind } = eventSchema.parse(event).detail;
  await refresh({ programId, partnerId, period: period as Period, kind }, timeBoxOf(context));
};

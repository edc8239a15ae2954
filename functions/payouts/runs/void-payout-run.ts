import * as z from 'zod';
import { clock, runEventSchema, runs } from '#functions/payouts/task-composition';
import { makeVoidPayoutRun } from '#shared/application/payouts/runs/void-payout-run';

const eventSchema = runEventSchema.extend({
  outcome: z.enum(['rejected', 'expired', 'failed']),
  error: z.string().optional(),
  cause: z.string().optional(),
});
const lambdaCauseSchema = z.object({ errorMessage: z.string() });

const voidRun = makeVoidPayoutRun({ runs, clock });

/** Step Functions gives a function's error as JSON text; any other cause is a sentence. */
function reasonOf(error: string | undefined, cause: string | undefined): string | undefined {
  if (!error) return undefined;
  try {
    return `${error}: ${lambdaCauseSchema.parse(JSON.parse(cause ?? '')).errorMessage}`;
  } catch {
    return cause ? `${error}: ${cause}` : error;
  }
}

/** Task of the payout run's workflow, on the ways that pay nothing. */
export const handler = (event: unknown): ReturnType<typeof voidRun> => {
  const { error, cause, ...run } = eventSchema.parse(event);
  return voidRun({ ...run, reason: reasonOf(error, cause) });
};

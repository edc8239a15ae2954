import * as z from 'zod';
import { appendRecords, digest } from '#functions/payouts/audit/audit-appending';
import { factOf, partnerEffect } from '#shared/application/payouts/proof/audit-effects';
import { effectRecordedSchema } from '#shared/contracts/effect-recorded';

const eventSchema = z.object({ detail: effectRecordedSchema });

/** Called by the event rule for what other services stored that the chain must hold. */
export const handler = async (event: unknown): Promise<{ appended: number }> => {
  const { detail } = eventSchema.parse(event);
  return appendRecords(detail.programId, [factOf(partnerEffect(detail), digest)]);
};

import * as z from 'zod';
import { documents } from '#functions/runtime/dynamodb';
import { readEnvironment } from '#functions/runtime/environment';
import { instantField } from '#shared/adapters/dynamodb/money/money-fields';
import { makeReturnedPayouts } from '#shared/adapters/dynamodb/partners/overview/returned-payouts';
import { payoutReturnedSchema } from '#shared/contracts/events';

const { PARTNERS_TABLE: tableName } = readEnvironment(z.object({ PARTNERS_TABLE: z.string() }));

const returned = makeReturnedPayouts({ documents, tableName });

const eventSchema = z.object({ detail: payoutReturnedSchema.extend({ occurredAt: instantField }) });

/** Called by the event rule for `payout.returned`: the same payout is noted once, however often it is told. */
export const handler = (event: unknown): Promise<void> => {
  const { programId, partnerId, payoutId, occurredAt: at } = eventSchema.parse(event).detail;
  return returned.note({ programId, partnerId, payoutId, at });
};

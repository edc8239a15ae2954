import * as z from 'zod';
import { documents } from '#functions/runtime/dynamodb';
import { readEnvironment } from '#functions/runtime/environment';
import { makeDisputeStore } from '#shared/adapters/dynamodb/partners/disputes';
import { makeRecordDisputeRemedy } from '#shared/application/partners/record-dispute-remedy';
import { disputeRemediedSchema } from '#shared/contracts/events';
import type { DisputeStatus, RemedyEffect } from '#shared/domain/partner/dispute';

const { PARTNERS_TABLE: tableName } = readEnvironment(z.object({ PARTNERS_TABLE: z.string() }));
const recordRemedy = makeRecordDisputeRemedy({ disputes: makeDisputeStore({ documents, tableName }) });

const eventSchema = z.object({ detail: disputeRemediedSchema });

/** Writes back what became of a decision; a report delivered again changes nothing. */
export async function handler(event: unknown): Promise<{ status: DisputeStatus }> {
  const { programId, disputeId, number, effect } = eventSchema.parse(event).detail;
  const { status } = await recordRemedy({ programId, disputeId, number, effect: effect as RemedyEffect });
  return { status };
}

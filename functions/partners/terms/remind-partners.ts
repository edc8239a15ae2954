import * as z from 'zod';
import { clock, partnersTable } from '#functions/partners/review-composition';
import { programs } from '#functions/runtime/programs';
import { makePartnerStore } from '#shared/adapters/dynamodb/partners/partners';
import { makeTermReminders } from '#shared/adapters/dynamodb/partners/term-reminders';
import { makeRemindPartners } from '#shared/application/partners/remind-partners';
import { idSchema } from '#shared/contracts/fields';

const shardSchema = z.object({ programId: idSchema, after: idSchema.optional(), through: idSchema.optional() });

const remindPartners = makeRemindPartners({
  partners: makePartnerStore(partnersTable),
  programs,
  reminders: makeTermReminders(partnersTable),
  clock,
});

/** Task of the nightly tier review's workflow, for each of its shards. */
export const handler = (event: unknown): Promise<{ readonly reminded: number }> =>
  remindPartners(shardSchema.parse(event));

import * as z from 'zod';
import { partnersTable, tell, telling } from '#functions/notifications/composition';
import { makeCourseStore } from '#shared/adapters/dynamodb/partners/courses';
import { makeDisputeStore } from '#shared/adapters/dynamodb/partners/disputes';
import { makeTellPartners } from '#shared/application/notifications/telling/tell-partners';
import {
  agreementExpiringSchema,
  certificationEarnedSchema,
  certificationExpiringSchema,
  conversionHeldSchema,
  conversionRecordedSchema,
  disputeDecidedSchema,
  disputeRemediedSchema,
  payeeChangedSchema,
} from '#shared/contracts/events';

const tellPartners = makeTellPartners({
  ...{ tell, partners: telling.partners, log: telling.log },
  courses: makeCourseStore(partnersTable),
  disputes: makeDisputeStore(partnersTable),
});

const eventSchema = z.object({
  detail: z.discriminatedUnion('type', [
    payeeChangedSchema,
    disputeDecidedSchema,
    disputeRemediedSchema,
    agreementExpiringSchema,
    certificationEarnedSchema,
    certificationExpiringSchema,
    conversionRecordedSchema,
    conversionHeldSchema,
  ]),
});

/** @throws Error when somebody should be told again: the event is delivered again, then kept in the dead-letter queue. */
export const handler = (event: unknown): Promise<void> => tellPartners(eventSchema.parse(event).detail);

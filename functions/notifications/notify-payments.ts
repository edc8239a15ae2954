import * as z from 'zod';
import { moneyTable, partnersTable, tell, telling } from '#functions/notifications/composition';
import { nextTier } from '#functions/notifications/next-tier-composition';
import { makePayouts } from '#shared/adapters/dynamodb/money/ledger/payouts';
import { makeStatements } from '#shared/adapters/dynamodb/money/statements/statements';
import { makePartnerTermsReader } from '#shared/adapters/dynamodb/partners/partner-terms-reader';
import { makeTellPayments } from '#shared/application/notifications/telling/tell-payments';
import {
  payoutApprovedSchema,
  payoutFailedSchema,
  payoutPaidSchema,
  payoutReturnedSchema,
  statementReadySchema,
} from '#shared/contracts/events';

const tellPayments = makeTellPayments({
  ...{ tell, log: telling.log, nextTier },
  statements: makeStatements(moneyTable),
  payouts: makePayouts(moneyTable),
  payees: makePartnerTermsReader(partnersTable),
});

const eventSchema = z.object({
  detail: z.discriminatedUnion('type', [
    statementReadySchema,
    payoutApprovedSchema,
    payoutPaidSchema,
    payoutFailedSchema,
    payoutReturnedSchema,
  ]),
});

/** @throws Error when somebody should be told again: the event is delivered again, then kept in the dead-letter queue. */
export const handler = (event: unknown): Promise<void> => tellPayments(eventSchema.parse(event).detail);

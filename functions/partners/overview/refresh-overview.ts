import * as z from 'zod';
import { documents } from '#functions/runtime/dynamodb';
import { readEnvironment } from '#functions/runtime/environment';
import { programs } from '#functions/runtime/programs';
import { makePayouts } from '#shared/adapters/dynamodb/money/ledger/payouts';
import { makeRuns } from '#shared/adapters/dynamodb/money/runs/runs';
import { makeApplicationStore } from '#shared/adapters/dynamodb/partners/applications/applications';
import { makeMailRecords } from '#shared/adapters/dynamodb/partners/mail-records';
import { makeOpenDisputes } from '#shared/adapters/dynamodb/partners/open-disputes';
import { makeOverviews } from '#shared/adapters/dynamodb/partners/overview/overviews';
import { makeReturnedPayouts } from '#shared/adapters/dynamodb/partners/overview/returned-payouts';
import { makePartnerStore } from '#shared/adapters/dynamodb/partners/partners';
import { makePayeesOnRecord } from '#shared/adapters/dynamodb/partners/payees-on-record';
import { makeOverviewFacts } from '#shared/adapters/dynamodb/referrals/sales/overview-facts';
import { makeRefreshOverview } from '#shared/application/partners/overview/refresh-overview';
import { overviewRefreshRequestedSchema } from '#shared/contracts/events';
import { periodSchema } from '#shared/contracts/fields';

const environment = readEnvironment(
  z.object({ PARTNERS_TABLE: z.string(), REFERRALS_TABLE: z.string(), MONEY_TABLE: z.string() }),
);

const retries = {
  pause: (ms: number): Promise<unknown> => new Promise((resolve) => setTimeout(resolve, ms)),
  random: Math.random,
};
const partnersTable = { documents, tableName: environment.PARTNERS_TABLE };
const moneyTable = { documents, tableName: environment.MONEY_TABLE };

/** More than anybody decides in a day. */
const MAX_WAITING = 1_000;
const applications = makeApplicationStore(partnersTable);

const refresh = makeRefreshOverview({
  overviews: makeOverviews(partnersTable),
  programs,
  partners: makePartnerStore(partnersTable),
  payees: makePayeesOnRecord({ ...partnersTable, ...retries }),
  disputes: makeOpenDisputes(partnersTable),
  mail: makeMailRecords(partnersTable),
  payouts: makePayouts(moneyTable),
  returned: makeReturnedPayouts(partnersTable),
  runs: makeRuns(moneyTable),
  facts: makeOverviewFacts({ documents, tableName: environment.REFERRALS_TABLE, ...retries }),
  applicationsWaiting: (programId) => applications.countWaiting(programId, MAX_WAITING),
  clock: Date.now,
});

const eventSchema = z.object({ detail: overviewRefreshRequestedSchema.extend({ period: periodSchema }) });

/** Called by the event rule for `overview.refresh_requested`. */
export const handler = (event: unknown): Promise<'refreshed' | 'left'> => refresh(eventSchema.parse(event).detail);

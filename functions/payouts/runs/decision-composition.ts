import * as z from 'zod';
import { clock, programs, runs, statements, table } from '#functions/payouts/composition';
import { partnersTable } from '#functions/payouts/partners-composition';
import { documents } from '#functions/runtime/dynamodb';
import { readEnvironment } from '#functions/runtime/environment';
import { makeAdjustments } from '#shared/adapters/dynamodb/money/adjustments/adjustments';
import { makePlans } from '#shared/adapters/dynamodb/money/plans/plans';
import { makeRailChanges } from '#shared/adapters/dynamodb/money/programs/rail-changes';
import { makePayoutHolds } from '#shared/adapters/dynamodb/money/runs/payout-holds';
import { makeApiKeyMakers } from '#shared/adapters/dynamodb/partners/api-key-makers';
import { makeRoleChanges } from '#shared/adapters/dynamodb/partners/members';
import { makePayeeChangesReader } from '#shared/adapters/dynamodb/partners/payee-changes';
import { makeTierSchemes } from '#shared/adapters/dynamodb/partners/tier-schemes';
import { makeReattributorsReader } from '#shared/adapters/dynamodb/referrals/sales/reattributors';
import { makeDecidePayoutRun } from '#shared/application/payouts/runs/decide-payout-run';
import { makeYourDecision } from '#shared/application/payouts/runs/weigh-run-decision';

const environment = readEnvironment(z.object({ REFERRALS_TABLE: z.string() }));

const deps = {
  programs,
  runs,
  adjustments: makeAdjustments(table),
  payeeChanges: makePayeeChangesReader(partnersTable),
  railChanges: makeRailChanges(table),
  tierSchemes: makeTierSchemes(partnersTable),
  roleChanges: makeRoleChanges(partnersTable),
  reattributors: makeReattributorsReader({ documents, tableName: environment.REFERRALS_TABLE }),
  also: { plans: makePlans(table), apiKeyMakers: makeApiKeyMakers(partnersTable) },
  holds: makePayoutHolds(table),
  statements,
  clock,
};

/** Deciding on a run: who changed a payee or gave a sale to another partner may not approve. */
export const decideRun = makeDecidePayoutRun(deps);
/** The same rules, for whom asks whether it may. */
export const weighForCaller = makeYourDecision(deps);

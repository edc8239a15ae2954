import { clock, programs, runs, statements, table } from '#functions/payouts/composition';
import { partnersTable } from '#functions/payouts/partners-composition';
import { makeAdjustments } from '#shared/adapters/dynamodb/money/adjustments';
import { makePayeeChangesReader } from '#shared/adapters/dynamodb/partners/payee-changes';
import { makeDecidePayoutRun } from '#shared/application/payouts/runs/decide-payout-run';

/** Deciding on a run: who changed a payee may not approve. */
export const decideRun = makeDecidePayoutRun({
  programs,
  runs,
  adjustments: makeAdjustments(table),
  payeeChanges: makePayeeChangesReader(partnersTable),
  statements,
  clock,
});

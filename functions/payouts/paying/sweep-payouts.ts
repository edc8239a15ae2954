import { askRailOf } from '#functions/payouts/paying/ask-rail-composition';
import { rails } from '#functions/payouts/rails/rails-composition';
import { clock, moneyTable, programs } from '#functions/payouts/task-composition';
import { log } from '#functions/runtime/log';
import { type LambdaContext, timeBoxOf } from '#functions/runtime/time-box';
import { makeOpenPayouts } from '#shared/adapters/dynamodb/money/ledger/open-payouts';
import { makeSweepPayouts, type SweepPayouts } from '#shared/application/payouts/paying/sweep-payouts';

const MS_PER_HOUR = 3_600_000;

const sweepPayouts = makeSweepPayouts({
  programs,
  open: makeOpenPayouts(moneyTable),
  ask: askRailOf,
  rails,
  clock,
  turn: () => Math.floor(clock() / MS_PER_HOUR),
  log,
});

/** Called every hour. */
export const handler = (_event: unknown, context: LambdaContext): ReturnType<SweepPayouts> =>
  sweepPayouts(timeBoxOf(context));

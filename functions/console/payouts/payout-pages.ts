import { releaseHold, showHolds } from '#console/payouts/show-holds';
import { askRail, decideResolution, proposeResolution, showPayout } from '#console/payouts/show-payout';
import { showPayouts } from '#console/payouts/show-payouts';
import type { Action, Page } from '#functions/console/web/page';

export const payoutPages: readonly (Page | Action)[] = [
  showPayouts,
  showPayout,
  askRail,
  proposeResolution,
  decideResolution,
  showHolds,
  releaseHold,
];

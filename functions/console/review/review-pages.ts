import { answerDispute, decideDispute, showDispute } from '#console/review/show-dispute';
import { showDisputes } from '#console/review/show-disputes';
import { releaseHold, showHold, voidHold } from '#console/review/show-hold';
import { showHolds } from '#console/review/show-holds';
import type { Action, Page } from '#functions/console/web/page';

export const reviewPages: readonly (Page | Action)[] = [
  showHolds,
  showHold,
  releaseHold,
  voidHold,
  showDisputes,
  showDispute,
  answerDispute,
  decideDispute,
];

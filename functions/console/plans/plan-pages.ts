import { discardDraft, showDiscardDraft } from '#console/plans/discard-draft';
import { checkPlanDraft, savePlanDraft, showPlanDraft } from '#console/plans/edit-plan-draft';
import { publishDraft, showPublishDraft } from '#console/plans/publish-draft';
import { showPlan } from '#console/plans/show-plan';
import { showPlans } from '#console/plans/show-plans';
import { showSimulation } from '#console/plans/show-simulation';
import { showSimulateDraft, simulateDraft } from '#console/plans/simulate-draft';
import { showStartDraft, startDraft } from '#console/plans/start-draft';
import type { Action, Page } from '#functions/console/web/page';

export const planPages: readonly (Page | Action)[] = [
  showPlans,
  showStartDraft,
  startDraft,
  showPlan,
  showPlanDraft,
  savePlanDraft,
  checkPlanDraft,
  showSimulateDraft,
  simulateDraft,
  showSimulation,
  showPublishDraft,
  publishDraft,
  showDiscardDraft,
  discardDraft,
];

import { clock, programs, table } from '#functions/payouts/composition';
import { readComponents as read } from '#functions/payouts/plans/read-components';
import { makePlanDrafts } from '#shared/adapters/dynamodb/money/plans/plan-drafts';
import { makePlans } from '#shared/adapters/dynamodb/money/plans/plans';
import { makeDiscardPlanDraft } from '#shared/application/payouts/plans/discard-plan-draft';
import { makeGetPlanDraft } from '#shared/application/payouts/plans/get-plan-draft';
import { makeListPlanDrafts } from '#shared/application/payouts/plans/list-plan-drafts';
import { makePublishPlanDraft } from '#shared/application/payouts/plans/publish-plan-draft';
import { makeSavePlanDraft } from '#shared/application/payouts/plans/save-plan-draft';

const drafts = makePlanDrafts(table);

/** Plan drafts, from the first save to their publication. */
export const saveDraft = makeSavePlanDraft({ programs, drafts, read, clock });
export const readDraft = makeGetPlanDraft({ programs, drafts, read });
export const readDrafts = makeListPlanDrafts({ programs, drafts, read });
export const discardDraft = makeDiscardPlanDraft({ programs, drafts, clock });
export const publishDraft = makePublishPlanDraft({ programs, plans: makePlans(table), drafts, read, clock });

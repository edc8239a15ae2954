import { clock, endpoints, partnersTable } from '#functions/notifications/webhooks/composition';
import { trialOrigin } from '#functions/notifications/webhooks/trial-origin';
import { programs } from '#functions/runtime/programs';
import { makeNoticeInterest } from '#shared/adapters/dynamodb/partners/notice-interest';
import { makeJudgeTarget } from '#shared/adapters/webhooks/judge-target';
import { askForKinds } from '#shared/application/notifications/webhooks/ask-for-kinds';
import type { EndpointDeps } from '#shared/application/notifications/webhooks/webhook-endpoints';

// It only adds: what others want is of no interest here.
const interest = makeNoticeInterest({ ...partnersTable, ttlSeconds: 0, clock });

/** What those need that decide about endpoints. */
export const managing: Omit<EndpointDeps, 'secrets'> = {
  endpoints,
  programs,
  judge: makeJudgeTarget({ trialOrigin }),
  askFor: askForKinds(interest),
  clock,
};

import { clock, deliveries, endpoints } from '#functions/notifications/webhooks/composition';
import { secrets } from '#functions/notifications/webhooks/signing-composition';
import { trialOrigin } from '#functions/notifications/webhooks/trial-origin';
import { log } from '#functions/runtime/log';
import { makeSendWebhook } from '#shared/adapters/webhooks/send-webhook';
import { makeAttemptWebhook } from '#shared/application/notifications/webhooks/attempt-webhook';

/** One attempt of a delivery: the only place that talks to receivers. */
export const attempt = makeAttemptWebhook({
  endpoints,
  deliveries,
  secrets,
  send: makeSendWebhook({ clock, trialOrigin }),
  clock,
  random: Math.random,
  log,
});

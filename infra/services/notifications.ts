import { DELIVERED_TYPES } from '#shared/contracts/notifications/webhooks/webhook-event';
import {
  keepsWebhooks,
  knows,
  onEvent,
  reads,
  readsContract,
  readsToldPayments,
  readsWebhooks,
  route,
  type ServiceDeclaration,
  sendsMail,
  startsWebhookDelivery,
  task,
  usesSecret,
  when,
  writes,
  writesToApplicants,
} from '../declarations.ts';
import { EXPORT, REQUEST, TASK } from '../profiles.ts';
import { mailFunctions } from './mail.ts';
import { readingFunctions } from './reading.ts';

const tells = [writes('partners'), readsContract('money'), sendsMail(), usesSecret(), ...knows('PUBLIC_URL')];

/** Talks to receivers: nothing else of the table, and of the programme nothing but its id. */
const sends = [keepsWebhooks(), usesSecret(), ...knows('WEBHOOK_TRIAL_ORIGIN')];
const managesEndpoints = [writes('partners'), readsContract('money'), ...knows('WEBHOOK_TRIAL_ORIGIN')];

/** Tells people what changed, once: one e-mail and one inbox item. */
export const notificationsFunctions: ServiceDeclaration = {
  ...mailFunctions,
  ...readingFunctions,
  'list-inbox': route(REQUEST, reads('partners')),
  'notify-tiers': when(
    onEvent(
      'tier.promoted',
      'tier.demoted',
      'tier.changed',
      'tier.demotion_warned',
      'tier.demotion_lifted',
      'tier.within_reach',
    ),
    TASK,
    tells,
    readsContract('referrals'),
  ),
  'notify-payments': when(
    onEvent('statement.ready', 'payout.approved', 'payout.paid', 'payout.failed', 'payout.returned'),
    TASK,
    tells,
    readsToldPayments(),
    readsContract('referrals'),
  ),
  'notify-partners': when(
    onEvent(
      'payee.changed',
      'dispute.decided',
      'dispute.remedied',
      'agreement.expiring',
      'certification.earned',
      'certification.expiring',
      'conversion.recorded',
      'conversion.held',
    ),
    TASK,
    tells,
  ),
  'notify-applicants': when(
    onEvent('application.received', 'application.accepted', 'application.declined'),
    TASK,
    writesToApplicants(),
    readsContract('money'),
    sendsMail(),
    usesSecret(),
    knows('PUBLIC_URL'),
  ),
  'notify-staff': when(
    onEvent(
      'run.awaiting_decision',
      'run.reminded',
      'run.expiring',
      'run.expired',
      'dispute.escalated',
      'holds.escalated',
      'webhook.paused',
    ),
    TASK,
    tells,
  ),
  'create-webhook-endpoint': route(REQUEST, managesEndpoints, usesSecret()),
  'list-webhook-endpoints': route(REQUEST, readsWebhooks(), readsContract('money')),
  'get-webhook-endpoint': route(REQUEST, readsWebhooks()),
  'change-webhook-endpoint': route(REQUEST, managesEndpoints),
  'rotate-webhook-secret': route(REQUEST, keepsWebhooks(), usesSecret()),
  'list-webhook-deliveries': route(REQUEST, readsWebhooks()),
  'get-webhook-delivery': route(REQUEST, readsWebhooks()),
  'test-webhook-endpoint': route(EXPORT, sends),
  'redeliver-webhook': route(EXPORT, sends, startsWebhookDelivery()),
  'deliver-webhooks': when(onEvent(...DELIVERED_TYPES), TASK, sends, startsWebhookDelivery()),
  'attempt-webhook': task(TASK, sends),
};

import { revokeApiKey, showApiKeyRevocation } from '#console/admin/api-keys/show-api-key-revocation';
import { createApiKey, showApiKeys } from '#console/admin/api-keys/show-api-keys';
import { liftMailProblem, showMailProblems } from '#console/admin/mail/show-mail-problems';
import { addPerson, showPeople } from '#console/admin/people/show-people';
import { changePerson, removePerson, showPerson } from '#console/admin/people/show-person';
import { addTold, changeTold, removeTold, showTold, showToldPerson } from '#console/admin/people/show-told';
import { setEscalation, showEscalation } from '#console/admin/settings/change-escalation';
import { removeRail, setRail, showRails } from '#console/admin/settings/change-rails';
import { settingsChangePages } from '#console/admin/settings/change-settings';
import { changeIssuer, changeSource, showSource } from '#console/admin/settings/change-source';
import { showSettings } from '#console/admin/settings/show-settings';
import { showSettingsHistory } from '#console/admin/settings/show-settings-history';
import {
  changeWebhook,
  removeWebhook,
  rotateSecret,
  showWebhookChange,
  switchWebhook,
} from '#console/admin/webhooks/change-webhook';
import { redeliver, showDelivery } from '#console/admin/webhooks/show-delivery';
import { showWebhook, testWebhook } from '#console/admin/webhooks/show-webhook';
import { createWebhook, showNewWebhook, showWebhooks } from '#console/admin/webhooks/show-webhooks';
import type { Action, Page } from '#functions/console/web/page';

/** What an administrator of a programme needs. */
export const adminPages: readonly (Page | Action)[] = [
  showPeople,
  addPerson,
  showPerson,
  changePerson,
  removePerson,
  showTold,
  addTold,
  showToldPerson,
  changeTold,
  removeTold,
  showApiKeys,
  createApiKey,
  showApiKeyRevocation,
  revokeApiKey,
  showWebhooks,
  showNewWebhook,
  createWebhook,
  showWebhook,
  testWebhook,
  showWebhookChange,
  changeWebhook,
  switchWebhook,
  removeWebhook,
  rotateSecret,
  showDelivery,
  redeliver,
  showSettings,
  showSettingsHistory,
  ...settingsChangePages,
  showSource,
  changeSource,
  changeIssuer,
  showRails,
  setRail,
  removeRail,
  showEscalation,
  setEscalation,
  showMailProblems,
  liftMailProblem,
];

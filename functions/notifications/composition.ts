import * as z from 'zod';
import { unsubscribeLinks } from '#functions/notifications/mail/link-composition';
import { suppressions } from '#functions/notifications/mail/mail-composition';
import { mailer } from '#functions/notifications/mail/mailer-composition';
import { documents } from '#functions/runtime/dynamodb';
import { readEnvironment } from '#functions/runtime/environment';
import { log } from '#functions/runtime/log';
import { digest } from '#shared/adapters/digest';
import { makeProgramReader } from '#shared/adapters/dynamodb/money/programs/program-reader';
import { makeEscalationContacts } from '#shared/adapters/dynamodb/partners/escalation-contacts';
import { makeOutbox } from '#shared/adapters/dynamodb/partners/outbox';
import { makePartnerStore } from '#shared/adapters/dynamodb/partners/partners';
import { makePreferences } from '#shared/adapters/dynamodb/partners/preferences';
import { makeStaffStore } from '#shared/adapters/dynamodb/partners/staff-people';
import { makeTemplates } from '#shared/adapters/mail-templates/render-notice';
import { makeFindRecipients } from '#shared/application/notifications/find-recipients';
import { makeTell } from '#shared/application/notifications/tell';

const environment = readEnvironment(
  z.object({
    PARTNERS_TABLE: z.string(),
    MONEY_TABLE: z.string(),
    CONFIG_TTL_SECONDS: z.coerce.number().min(0),
  }),
);

export const partnersTable = { documents, tableName: environment.PARTNERS_TABLE };
export const moneyTable = { documents, tableName: environment.MONEY_TABLE };

/** What every notice needs. */
export const telling = {
  partners: makePartnerStore(partnersTable),
  programs: makeProgramReader({ ...moneyTable, ttlSeconds: environment.CONFIG_TTL_SECONDS, clock: Date.now }),
  mailer,
  log,
};

const people = {
  partners: telling.partners,
  staff: makeStaffStore(partnersTable),
  contacts: makeEscalationContacts(partnersTable),
  digest,
};

const { renderNotice, renderDigest } = makeTemplates();

/** What sends e-mail, at once or later. */
export const sending = {
  programs: telling.programs,
  mailer: telling.mailer,
  clock: Date.now,
  digest,
  log,
  suppressions,
  unsubscribe: unsubscribeLinks,
  ...makeFindRecipients(people),
  preferences: makePreferences(partnersTable),
  outbox: makeOutbox({
    ...partnersTable,
    onUnreadable: (mailId, error) => log.error('a waiting e-mail cannot be read', { mailId, error: String(error) }),
  }),
  render: renderNotice,
  renderDigest,
};

/** Tells people of what happened, once a channel. */
export const tell = makeTell(sending);

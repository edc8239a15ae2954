import { SESv2Client } from '@aws-sdk/client-sesv2';
import * as z from 'zod';
import { documents } from '#functions/runtime/dynamodb';
import { readEnvironment } from '#functions/runtime/environment';
import { log } from '#functions/runtime/log';
import { digest } from '#shared/adapters/digest';
import { makeProgramReader } from '#shared/adapters/dynamodb/money/programs/program-reader';
import { makeEscalationContacts } from '#shared/adapters/dynamodb/partners/escalation-contacts';
import { makeNotices } from '#shared/adapters/dynamodb/partners/notices';
import { makePartnerStore } from '#shared/adapters/dynamodb/partners/partners';
import { makeStaffStore } from '#shared/adapters/dynamodb/partners/staff-people';
import { makeMailer } from '#shared/adapters/mailer';
import { makeFindRecipients } from '#shared/application/notifications/find-recipients';
import type { RenderNotice } from '#shared/application/notifications/messages';
import { makeTell } from '#shared/application/notifications/tell';

const environment = readEnvironment(
  z.object({
    PARTNERS_TABLE: z.string(),
    MONEY_TABLE: z.string(),
    CONFIG_TTL_SECONDS: z.coerce.number().min(0),
    MAIL_FROM: z.string().min(1),
    MAIL_CONFIGURATION_SET: z.string().min(1),
    MAIL_REPLY_TO: z.string().optional(),
  }),
);

export const partnersTable = { documents, tableName: environment.PARTNERS_TABLE };
export const moneyTable = { documents, tableName: environment.MONEY_TABLE };

/** What every notice needs. SES is asked once: it has no idempotency key. */
export const telling = {
  partners: makePartnerStore(partnersTable),
  programs: makeProgramReader({ ...moneyTable, ttlSeconds: environment.CONFIG_TTL_SECONDS, clock: Date.now }),
  notices: makeNotices(partnersTable),
  mailer: makeMailer({
    client: new SESv2Client({ maxAttempts: 1 }),
    from: environment.MAIL_FROM,
    configurationSet: environment.MAIL_CONFIGURATION_SET,
    replyTo: environment.MAIL_REPLY_TO,
  }),
  log,
};

const recipients = makeFindRecipients({
  partners: telling.partners,
  staff: makeStaffStore(partnersTable),
  contacts: makeEscalationContacts(partnersTable),
  digest,
});

const render: RenderNotice = ({ kind }, { name }) => ({
  subject: kind,
  title: kind,
  text: name,
  mail: { text: name, html: name },
});

/** Tells people of what happened, once a channel. */
export const tell = makeTell({ ...telling, recipients, render, digest });

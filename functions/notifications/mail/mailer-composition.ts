import { SESv2Client } from '@aws-sdk/client-sesv2';
import * as z from 'zod';
import { readEnvironment } from '#functions/runtime/environment';
import { makeMailer } from '#shared/adapters/mailer';

const environment = readEnvironment(
  z.object({
    MAIL_FROM: z.string().min(1),
    MAIL_CONFIGURATION_SET: z.string().min(1),
    MAIL_REPLY_TO: z.string().optional(),
  }),
);

/** SES is asked once: it has no idempotency key. */
export const mailer = makeMailer({
  client: new SESv2Client({ maxAttempts: 1 }),
  from: environment.MAIL_FROM,
  configurationSet: environment.MAIL_CONFIGURATION_SET,
  replyTo: environment.MAIL_REPLY_TO,
});

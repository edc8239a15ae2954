import * as z from 'zod';
import { suppressions } from '#functions/notifications/mail/mail-composition';
import { mailer } from '#functions/notifications/mail/mailer-composition';
import { documents } from '#functions/runtime/dynamodb';
import { readEnvironment } from '#functions/runtime/environment';
import { log } from '#functions/runtime/log';
import { programs } from '#functions/runtime/programs';
import { makeApplicationTokens } from '#shared/adapters/application-tokens';
import { makeLetterClaims } from '#shared/adapters/dynamodb/partners/applications/application-letters';
import { makeApplicationStore } from '#shared/adapters/dynamodb/partners/applications/applications';
import { renderApplicantLetter } from '#shared/adapters/mail-templates/letters/applicant-letter';
import { makeSigningKeys } from '#shared/adapters/signing-keys';
import { makeWriteToApplicants } from '#shared/application/notifications/telling/write-to-applicants';
import {
  applicationAcceptedSchema,
  applicationDeclinedSchema,
  applicationReceivedSchema,
} from '#shared/contracts/events';

const environment = readEnvironment(
  z.object({ PARTNERS_TABLE: z.string(), PUBLIC_URL: z.string(), SIGNING_SECRET_ARN: z.string() }),
);
const table = { documents, tableName: environment.PARTNERS_TABLE };
const secretArn = environment.SIGNING_SECRET_ARN;

const write = makeWriteToApplicants({
  ...{ programs, mailer, suppressions, log, clock: Date.now, publicUrl: environment.PUBLIC_URL },
  applications: makeApplicationStore(table),
  letters: makeLetterClaims(table),
  tokens: makeApplicationTokens(makeSigningKeys({ secretArn, environment: process.env, clock: Date.now })),
  render: renderApplicantLetter,
});

const eventSchema = z.object({
  detail: z.discriminatedUnion('type', [
    applicationReceivedSchema,
    applicationAcceptedSchema,
    applicationDeclinedSchema,
  ]),
});

/** @throws Error when the letter should be tried again: the event is delivered again, then kept in the dead-letter queue. */
export const handler = (event: unknown): Promise<void> => write(eventSchema.parse(event).detail);

import { type MessageHeader, type MessageTag, type SESv2Client, SendEmailCommand } from '@aws-sdk/client-sesv2';
import { toTagValue } from '#shared/adapters/mail-tags';
import type { Mail, Mailer, MailOutcome } from '#shared/application/notifications/ports';

/** Longer means that no answer comes. */
const TIMEOUT_MS = 10_000;

/** Says that this one message can never be sent, such as to an address that is none. */
const REFUSED = 'BadRequestException';

/** Faults that come before a byte of the request has left. */
const NEVER_LEFT = new Set(['ECONNREFUSED', 'ENOTFOUND', 'EAI_AGAIN', 'CredentialsProviderError']);

/**
 * Sends through SES. The client must not retry by itself (`maxAttempts: 1`): SES has no idempotency key, and a repeated
 * call after a time-out may be a second e-mail.
 */
export function makeMailer(options: {
  readonly client: SESv2Client;
  readonly from: string;
  /** Through which SES tells of bounces and complaints. */
  readonly configurationSet?: string | undefined;
  /** Where answers go; without it, to `from`. */
  readonly replyTo?: string | undefined;
}): Mailer {
  const { configurationSet, replyTo } = options;
  return {
    async send(mail) {
      const { to, subject, text, html } = mail;
      const part = (Data: string): { Data: string; Charset: string } => ({ Data, Charset: 'UTF-8' });
      try {
        await options.client.send(
          new SendEmailCommand({
            FromEmailAddress: options.from,
            Destination: { ToAddresses: [to] },
            ...(replyTo === undefined ? {} : { ReplyToAddresses: [replyTo] }),
            ...(configurationSet === undefined ? {} : { ConfigurationSetName: configurationSet }),
            EmailTags: tagsOf(mail),
            Content: {
              Simple: {
                Subject: part(subject),
                Body: { Text: part(text), Html: part(html) },
                Headers: headersOf(mail),
              },
            },
          }),
          { abortSignal: AbortSignal.timeout(TIMEOUT_MS) },
        );
        return 'sent';
      } catch (error) {
        return outcomeOf(error);
      }
    },
  };
}

/** RFC 3834, section 5: no machine is to answer a message that a machine wrote. */
const AUTO_SUBMITTED = { Name: 'Auto-Submitted', Value: 'auto-generated' };

function headersOf({ headers = {} }: Mail): MessageHeader[] {
  return [AUTO_SUBMITTED, ...Object.entries(headers).map(([Name, Value]) => ({ Name, Value }))];
}

/**
 * What reports on the message name it by. The two `ses:` tags go into its Feedback-ID, by which mailbox providers tell how
 * each kind is received.
 */
function tagsOf({ about }: Mail): MessageTag[] {
  if (!about) return [];
  const programId = toTagValue(about.programId);
  const kind = about.kind.replaceAll(/[^A-Za-z0-9_-]/g, '-');
  const tags = { programId, kind, 'ses:feedback-id-a': kind, 'ses:feedback-id-b': programId };
  return Object.entries(tags).map(([Name, Value]) => ({ Name, Value }));
}

function outcomeOf(error: unknown): MailOutcome {
  if (!(error instanceof Error)) return 'unknown';
  if (error.name === REFUSED) return 'refused';
  const { code, $metadata } = error as Error & { code?: string; $metadata?: { httpStatusCode?: number } };
  if (NEVER_LEFT.has(error.name) || (code !== undefined && NEVER_LEFT.has(code))) return 'not_sent';
  const status = $metadata?.httpStatusCode;
  // SES took nothing when it answers that the caller is at fault, throttled, not allowed or not verified.
  return status !== undefined && status >= 400 && status < 500 ? 'not_sent' : 'unknown';
}

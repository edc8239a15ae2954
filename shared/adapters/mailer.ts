import { type SESv2Client, SendEmailCommand } from '@aws-sdk/client-sesv2';
import type { Mailer, MailOutcome } from '#shared/application/notifications/ports';

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
export function makeMailer(options: { client: SESv2Client; from: string }): Mailer {
  return {
    async send({ to, subject, text, html }) {
      const part = (Data: string): { Data: string; Charset: string } => ({ Data, Charset: 'UTF-8' });
      try {
        await options.client.send(
          new SendEmailCommand({
            FromEmailAddress: options.from,
            Destination: { ToAddresses: [to] },
            Content: { Simple: { Subject: part(subject), Body: { Text: part(text), Html: part(html) } } },
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

function outcomeOf(error: unknown): MailOutcome {
  if (!(error instanceof Error)) return 'unknown';
  if (error.name === REFUSED) return 'refused';
  const { code, $metadata } = error as Error & { code?: string; $metadata?: { httpStatusCode?: number } };
  if (NEVER_LEFT.has(error.name) || (code !== undefined && NEVER_LEFT.has(code))) return 'not_sent';
  const status = $metadata?.httpStatusCode;
  // SES took nothing when it answers that the caller is at fault, throttled, not allowed or not verified.
  return status !== undefined && status >= 400 && status < 500 ? 'not_sent' : 'unknown';
}

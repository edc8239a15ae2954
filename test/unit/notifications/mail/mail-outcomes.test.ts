import { SESv2Client, SendEmailCommand } from '@aws-sdk/client-sesv2';
import { mockClient } from 'aws-sdk-client-mock';
import { beforeEach, describe, expect, it } from 'vitest';
import { makeMailer } from '#shared/adapters/mailer';

const ses = mockClient(SESv2Client);
beforeEach(() => {
  ses.reset();
  ses.on(SendEmailCommand).resolves({ MessageId: 'm1' });
});

const mailer = makeMailer({ client: new SESv2Client({ maxAttempts: 1 }), from: 'partners@tallystick.example' });
const send = () => mailer.send({ to: 'ada@partners.example', subject: 's', text: 't', html: '<p>t</p>' });
const refusal = (name: string, status: number) =>
  Object.assign(new Error('no'), { name, $metadata: { httpStatusCode: status } });

describe('an e-mail', () => {
  it.each([
    ['is throttled', refusal('TooManyRequestsException', 429)],
    ['has no verified sender', refusal('MessageRejected', 400)],
    ['is not allowed', refusal('AccessDeniedException', 403)],
    ['cannot be reached', Object.assign(new Error('no'), { code: 'ECONNREFUSED' })],
  ])('was certainly not sent when SES %s', async (_what, error) => {
    ses.on(SendEmailCommand).rejects(error);
    expect(await send()).toBe('not_sent');
  });

  it.each([
    ['a time-out', Object.assign(new Error('late'), { name: 'TimeoutError' })],
    ['an abort', Object.assign(new Error('late'), { name: 'AbortError' })],
    ['a broken connection', Object.assign(new Error('gone'), { code: 'ECONNRESET' })],
    ['a fault inside SES', refusal('InternalServiceErrorException', 500)],
  ])('may have gone out after %s', async (_what, error) => {
    ses.on(SendEmailCommand).rejects(error);
    expect(await send()).toBe('unknown');
  });

  it('is refused when SES will never take it, and sent when SES says so', async () => {
    ses.on(SendEmailCommand).rejectsOnce(refusal('BadRequestException', 400)).resolves({ MessageId: 'm2' });
    expect([await send(), await send()]).toEqual(['refused', 'sent']);
  });
});

import { randomUUID } from 'node:crypto';
import { AwsError } from './aws-error.ts';

/** Amazon SES quotas: 50 recipients a message. */
const MAX_RECIPIENTS = 50;
/** SES API version 2, Message and MessageHeader. */
const MAX_HEADERS = 15;
const HEADER_NAME = /^[!-9;-@A-~]{1,126}$/;
const HEADER_VALUE = /^[ -~]{1,870}$/;
/** SES developer guide, header fields: each at most once, and SES itself writes these. */
const WRITTEN_BY_SES = new Set(
  'from to cc bcc subject reply-to sender return-path date message-id mime-version content-type content-transfer-encoding dkim-signature feedback-id'.split(
    ' ',
  ),
);
/** SES API version 2, MessageTag; the two of the Feedback-ID have a colon. */
const TAG = /^[A-Za-z0-9_-]{1,256}$/;
const FEEDBACK_ID_TAG = /^ses:feedback-id-[ab]$/;

type Text = { Data?: string };
type Pair = { Name?: string; Value?: string };
export type SendEmail = {
  FromEmailAddress?: string;
  ConfigurationSetName?: string;
  EmailTags?: Pair[];
  Destination?: { ToAddresses?: string[]; CcAddresses?: string[]; BccAddresses?: string[] };
  ReplyToAddresses?: string[];
  Content?: {
    Simple?: { Subject?: Text; Body?: { Text?: Text; Html?: Text }; Headers?: Pair[] };
    Raw?: { Data?: string };
  };
};

/** A message as the mailbox keeps it; what came with later versions is absent in older ones. */
export type Mail = {
  id: string;
  at: string;
  from: string;
  to: string[];
  replyTo?: string[];
  subject: string;
  text?: string;
  html?: string;
  raw?: string;
  headers?: Record<string, string>;
  configurationSet?: string;
  tags?: Record<string, string>;
};

/** The message of a call. @throws AwsError BadRequestException, NotFoundException */
export function acceptMail(input: SendEmail, configurationSets: ReadonlySet<string>): Mail {
  const to = Object.values(input.Destination ?? {}).flat();
  const simple = input.Content?.Simple;
  const raw = input.Content?.Raw?.Data;
  if (!input.FromEmailAddress && raw === undefined) refuse('FromEmailAddress is missing.');
  if (to.length === 0 || to.length > MAX_RECIPIENTS)
    refuse(`Send to 1 to ${MAX_RECIPIENTS} recipients, not ${to.length}.`);
  if (!simple?.Subject?.Data && raw === undefined) refuse('Content needs a subject.');
  const set = input.ConfigurationSetName;
  if (set !== undefined && !configurationSets.has(set))
    throw new AwsError('NotFoundException', `Configuration set <${set}> does not exist.`, 404);
  const headers = readHeaders(simple?.Headers ?? []);
  const tags = readTags(input.EmailTags ?? []);
  return {
    id: randomUUID(),
    at: new Date().toISOString(),
    from: input.FromEmailAddress ?? '',
    to,
    subject: simple?.Subject?.Data ?? '(raw message)',
    ...(input.ReplyToAddresses?.length ? { replyTo: input.ReplyToAddresses } : {}),
    ...(simple?.Body?.Text?.Data === undefined ? {} : { text: simple.Body.Text.Data }),
    ...(simple?.Body?.Html?.Data === undefined ? {} : { html: simple.Body.Html.Data }),
    ...(raw === undefined ? {} : { raw: Buffer.from(raw, 'base64').toString('utf8') }),
    ...(simple?.Headers?.length ? { headers } : {}),
    ...(set === undefined ? {} : { configurationSet: set }),
    ...(input.EmailTags?.length ? { tags } : {}),
  };
}

function readHeaders(headers: readonly Pair[]): Record<string, string> {
  if (headers.length > MAX_HEADERS) refuse(`At most ${MAX_HEADERS} headers, not ${headers.length}.`);
  const names = headers.map(({ Name = '' }) => Name.toLowerCase());
  for (const [index, { Name = '', Value = '' }] of headers.entries()) {
    if (!HEADER_NAME.test(Name) || !HEADER_VALUE.test(Value)) refuse(`Header <${Name}> is not valid.`);
    const name = Name.toLowerCase();
    if (WRITTEN_BY_SES.has(name) || names.indexOf(name) !== index) refuse(`Duplicate header '${Name}'.`);
  }
  return Object.fromEntries(headers.map(({ Name = '', Value = '' }) => [Name, Value]));
}

function readTags(tags: readonly Pair[]): Record<string, string> {
  for (const { Name = '', Value = '' } of tags) {
    if (!TAG.test(Value) || !(TAG.test(Name) || FEEDBACK_ID_TAG.test(Name)))
      refuse(`Tag <${Name}> with value <${Value}> is not valid.`);
  }
  return Object.fromEntries(tags.map(({ Name = '', Value = '' }) => [Name, Value]));
}

function refuse(message: string): never {
  throw new AwsError('BadRequestException', message);
}

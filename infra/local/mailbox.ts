import { randomUUID } from 'node:crypto';
import { mkdirSync, readdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { AwsError } from './aws-error.ts';
import { escapeXml as escapeHtml } from './objects.ts';

/** Amazon SES quotas: 50 recipients a message. */
const MAX_RECIPIENTS = 50;
const MAX_SHOWN = 500;

type Text = { Data?: string };
type SendEmail = {
  FromEmailAddress?: string;
  Destination?: { ToAddresses?: string[]; CcAddresses?: string[]; BccAddresses?: string[] };
  ReplyToAddresses?: string[];
  Content?: { Simple?: { Subject?: Text; Body?: { Text?: Text; Html?: Text } }; Raw?: { Data?: string } };
};
type Mail = {
  id: string;
  at: string;
  from: string;
  to: string[];
  subject: string;
  text?: string;
  html?: string;
  raw?: string;
};
export type Page = { status: number; headers: Record<string, string>; body: string };

export type Mailbox = {
  /** SES version 2 SendEmail. @throws AwsError BadRequestException */
  readonly sendEmail: (input: SendEmail) => { MessageId: string };
  /** Pages below /mail: the list, and one message. */
  readonly page: (path: string) => Page;
};

/** E-mail that goes nowhere: one JSON file a message, and a page to read them. */
export function makeMailbox(directory: string): Mailbox {
  mkdirSync(directory, { recursive: true });
  const read = (file: string): Mail => JSON.parse(readFileSync(join(directory, file), 'utf8')) as Mail;
  const files = (): string[] =>
    readdirSync(directory)
      .filter((file) => file.endsWith('.json'))
      .sort()
      .reverse();

  return {
    sendEmail: (input) => {
      const to = Object.values(input.Destination ?? {}).flat();
      const simple = input.Content?.Simple;
      const raw = input.Content?.Raw?.Data;
      if (!input.FromEmailAddress && raw === undefined)
        throw new AwsError('BadRequestException', 'FromEmailAddress is missing.');
      if (to.length === 0 || to.length > MAX_RECIPIENTS) {
        throw new AwsError('BadRequestException', `Send to 1 to ${MAX_RECIPIENTS} recipients, not ${to.length}.`);
      }
      if (!simple?.Subject?.Data && raw === undefined)
        throw new AwsError('BadRequestException', 'Content needs a subject.');
      const at = new Date().toISOString();
      const mail: Mail = {
        id: randomUUID(),
        at,
        from: input.FromEmailAddress ?? '',
        to,
        subject: simple?.Subject?.Data ?? '(raw message)',
        ...(simple?.Body?.Text?.Data === undefined ? {} : { text: simple.Body.Text.Data }),
        ...(simple?.Body?.Html?.Data === undefined ? {} : { html: simple.Body.Html.Data }),
        ...(raw === undefined ? {} : { raw: Buffer.from(raw, 'base64').toString('utf8') }),
      };
      const file = join(directory, `${at.replaceAll(/[:.]/g, '-')}-${mail.id}.json`);
      writeFileSync(`${file}.part`, `${JSON.stringify(mail, null, 2)}\n`);
      renameSync(`${file}.part`, file);
      return { MessageId: mail.id };
    },
    page: (path) => {
      if (path === '/mail' || path === '/mail/')
        return html('Mailbox', listPage(files().slice(0, MAX_SHOWN).map(read)));
      const id = path.slice('/mail/'.length);
      const file = /^[0-9a-f-]{36}$/.test(id) ? files().find((name) => name.endsWith(`-${id}.json`)) : undefined;
      return file
        ? html('Message', mailPage(read(file)))
        : html('Not found', '<p>No such message. <a href="/mail">All mail</a></p>', 404);
    },
  };
}

function listPage(mails: readonly Mail[]): string {
  if (mails.length === 0) return '<p>No mail yet. What the system sends appears here; nothing leaves this machine.</p>';
  const rows = mails.map(
    (mail) =>
      `<tr><td><time>${escapeHtml(mail.at)}</time></td><td>${escapeHtml(mail.to.join(', '))}</td><td><a href="/mail/${mail.id}">${escapeHtml(mail.subject)}</a></td></tr>`,
  );
  return `<table><thead><tr><th scope="col">Sent</th><th scope="col">To</th><th scope="col">Subject</th></tr></thead><tbody>${rows.join('')}</tbody></table>`;
}

function mailPage(mail: Mail): string {
  const body = mail.text ?? mail.raw;
  return [
    '<p><a href="/mail">All mail</a></p>',
    `<dl><dt>From</dt><dd>${escapeHtml(mail.from)}</dd><dt>To</dt><dd>${escapeHtml(mail.to.join(', '))}</dd>`,
    `<dt>Sent</dt><dd>${escapeHtml(mail.at)}</dd><dt>Subject</dt><dd>${escapeHtml(mail.subject)}</dd></dl>`,
    mail.html ? `<iframe sandbox title="Message" srcdoc="${escapeHtml(mail.html)}"></iframe>` : '',
    body ? `<pre>${escapeHtml(body)}</pre>` : '',
  ].join('');
}

const STYLE =
  'body{font:16px/1.5 system-ui,sans-serif;max-width:60rem;margin:2rem auto;padding:0 1rem}table{border-collapse:collapse;width:100%}th,td{text-align:left;padding:.4rem .8rem .4rem 0;border-bottom:1px solid #ccc;overflow-wrap:anywhere}iframe{width:100%;height:32rem;border:1px solid #ccc}pre{white-space:pre-wrap}dt{font-weight:600}';

function html(title: string, content: string, status = 200): Page {
  const body = `<!doctype html><html lang="en"><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>${title}</title><style>${STYLE}</style><h1>${title}</h1>${content}</html>`;
  // A message is somebody's text: no script of it runs and nothing of it is fetched.
  const policy =
    "default-src 'none'; style-src 'unsafe-inline'; frame-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";
  return {
    status,
    body,
    headers: {
      'content-type': 'text/html; charset=utf-8',
      'content-security-policy': policy,
      'cache-control': 'no-store',
    },
  };
}

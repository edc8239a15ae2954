import { mkdirSync, readdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { escapeXml as escapeHtml } from './objects.ts';
import { acceptMail, type Mail, type SendEmail } from './ses.ts';
import type { Sending } from './ses-simulator.ts';

const MAX_SHOWN = 500;

export type Page = { status: number; headers: Record<string, string>; body: string };

export type Mailbox = {
  /** SES version 2 SendEmail. @throws AwsError BadRequestException, NotFoundException */
  readonly sendEmail: (input: SendEmail) => { MessageId: string };
  /** Pages below /mail: the list, and one message. */
  readonly page: (path: string) => Page;
};

/** E-mail that goes nowhere: one JSON file a message, and a page to read them. */
export function makeMailbox(directory: string, sending: Sending): Mailbox {
  mkdirSync(directory, { recursive: true });
  const read = (file: string): Mail => JSON.parse(readFileSync(join(directory, file), 'utf8')) as Mail;
  const files = (): string[] =>
    readdirSync(directory)
      .filter((file) => file.endsWith('.json'))
      .sort()
      .reverse();

  return {
    sendEmail: (input) => {
      const mail = acceptMail(input, sending.configurationSets);
      const file = join(directory, `${mail.at.replaceAll(/[:.]/g, '-')}-${mail.id}.json`);
      writeFileSync(`${file}.part`, `${JSON.stringify(mail, null, 2)}\n`);
      renameSync(`${file}.part`, file);
      sending.onSent(mail);
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

import { mkdirSync, readdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { listPage, messagePage, notFoundPage, type Page } from './mailbox-page.ts';
import { acceptMail, type Mail, type SendEmail } from './ses.ts';
import type { Sending } from './ses-simulator.ts';

const MAX_SHOWN = 500;

export type Mailbox = {
  /** SES version 2 SendEmail. @throws AwsError BadRequestException, NotFoundException */
  readonly sendEmail: (input: SendEmail) => { MessageId: string };
  /** Pages below /mail: the list, and one message as its query says. */
  readonly page: (path: string, query?: URLSearchParams) => Page;
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
    page: (path, query = new URLSearchParams()) => {
      if (path === '/mail' || path === '/mail/') return listPage(files().slice(0, MAX_SHOWN).map(read));
      const id = path.slice('/mail/'.length);
      const file = /^[0-9a-f-]{36}$/.test(id) ? files().find((name) => name.endsWith(`-${id}.json`)) : undefined;
      return file ? messagePage(read(file), query) : notFoundPage();
    },
  };
}

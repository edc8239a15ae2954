import { topicOf, UNSUBSCRIBE_WORDS } from '#functions/notifications/mail/unsubscribe-words';
import { type Reply, reply } from '#functions/runtime/http';
import { escapeHtml, PAGE_HEADERS, page } from '#functions/runtime/page';
import { languageOf } from '#functions/runtime/reader-language';
import { ONE_CLICK } from '#shared/application/notifications/mail/make-unsubscribe-links';
import type { Ending } from '#shared/application/notifications/mail/unsubscribe';
import type { Language } from '#shared/application/notifications/messages';

/** The button posts to the address of the page, and to no other. */
const HEADERS = {
  ...PAGE_HEADERS,
  'content-security-policy': `${PAGE_HEADERS['content-security-policy']}; form-action 'self'`,
};
type Headers = Readonly<Record<string, string | undefined>>;

/** Whether a person looks at the answer: a browser asks for pages by name, mail programs and machines for anything. */
export function wantsPage({ accept }: Headers): boolean {
  return /\btext\/html\b/i.test(accept ?? '');
}

/** What following a link answers. */
export function pageOf(ending: Ending | undefined, headers: Headers): Reply {
  return ending ? askingPage(ending, headers) : unknownPage(headers);
}

/** Asks, with one button, unless there is nothing left to ask. Nothing has changed yet. */
export function askingPage(ending: Ending, headers: Headers): Reply {
  const language = ending.language ?? languageOf(headers['accept-language']);
  const words = UNSUBSCRIBE_WORDS[language];
  const topic = topicOf(ending.kind, words);
  if (ending.isOff) return told(ending, language, words.alreadyTitle, [words.already(topic), words.stays, words.again]);
  const question = words.question(topic);
  const content =
    `${programOf(ending)}<h1>${escapeHtml(question)}</h1><p>${escapeHtml(words.stays)}</p>` +
    `<form method="post"><input type="hidden" name="${ONE_CLICK.name}" value="${ONE_CLICK.value}">` +
    `<button class="go" type="submit">${escapeHtml(words.button)}</button></form>`;
  return reply(200, { text: page(question, content, language), headers: HEADERS });
}

export function donePage(ending: Ending, headers: Headers): Reply {
  const language = ending.language ?? languageOf(headers['accept-language']);
  const words = UNSUBSCRIBE_WORDS[language];
  const said = [words.done(topicOf(ending.kind, words)), words.stays, words.again];
  return told(ending, language, words.doneTitle, said);
}

function told(ending: Ending, language: Language, title: string, said: readonly string[]): Reply {
  const content = said.map((text) => `<p>${escapeHtml(text)}</p>`).join('');
  const text = page(title, `${programOf(ending)}<h1>${escapeHtml(title)}</h1>${content}`, language);
  return reply(200, { text, headers: HEADERS });
}

function programOf({ programName }: Ending): string {
  return programName === undefined ? '' : `<p class="from">${escapeHtml(programName)}</p>`;
}

/** For a link that this installation did not give out. */
export function unknownPage(headers: Headers): Reply {
  const language = languageOf(headers['accept-language']);
  const { unknownTitle, unknown } = UNSUBSCRIBE_WORDS[language];
  const text = page(unknownTitle, `<h1>${escapeHtml(unknownTitle)}</h1><p>${escapeHtml(unknown)}</p>`, language);
  return reply(404, { text, headers: HEADERS });
}

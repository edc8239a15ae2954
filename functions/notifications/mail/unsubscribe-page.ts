import { topicOf, UNSUBSCRIBE_WORDS } from '#functions/notifications/mail/unsubscribe-words';
import { type Reply, reply } from '#functions/runtime/http';
import { escapeHtml, PAGE_HEADERS, page } from '#functions/runtime/page';
import { languageOf } from '#functions/runtime/reader-language';
import { ONE_CLICK } from '#shared/application/notifications/mail/make-unsubscribe-links';
import type { Ending } from '#shared/application/notifications/mail/unsubscribe';

/** The button posts to the address of the page, and to no other. */
const HEADERS = {
  ...PAGE_HEADERS,
  'content-security-policy': `${PAGE_HEADERS['content-security-policy']}; form-action 'self'`,
};
type Headers = Readonly<Record<string, string | undefined>>;

/** Asks, with one button. Nothing has changed yet. */
export function askingPage(ending: Ending, headers: Headers): Reply {
  const language = ending.language ?? languageOf(headers['accept-language']);
  const words = UNSUBSCRIBE_WORDS[language];
  const question = words.question(topicOf(ending.kind, words));
  const content =
    `<h1>${escapeHtml(question)}</h1><p>${escapeHtml(words.stays)}</p>` +
    `<form method="post"><input type="hidden" name="${ONE_CLICK.name}" value="${ONE_CLICK.value}">` +
    `<button class="go" type="submit">${escapeHtml(words.button)}</button></form>`;
  return reply(200, { text: page(question, content, language), headers: HEADERS });
}

export function donePage(ending: Ending, headers: Headers): Reply {
  const language = ending.language ?? languageOf(headers['accept-language']);
  const words = UNSUBSCRIBE_WORDS[language];
  const content = [words.done(topicOf(ending.kind, words)), words.stays, words.again].map(
    (text) => `<p>${escapeHtml(text)}</p>`,
  );
  const text = page(words.doneTitle, `<h1>${escapeHtml(words.doneTitle)}</h1>${content.join('')}`, language);
  return reply(200, { text, headers: HEADERS });
}

/** For a link that this installation did not give out. */
export function unknownPage(headers: Headers): Reply {
  const language = languageOf(headers['accept-language']);
  const { unknownTitle, unknown } = UNSUBSCRIBE_WORDS[language];
  const text = page(unknownTitle, `<h1>${escapeHtml(unknownTitle)}</h1><p>${escapeHtml(unknown)}</p>`, language);
  return reply(404, { text, headers: HEADERS });
}

import { escapeHtml, page } from '#functions/runtime/page';
import { conditionWords, discountWords, type Reading } from '#functions/tracking/pages/offer-words';
import { WORDS, type Words } from '#functions/tracking/pages/words';
import type { CodeOffer, LinkOffer, OfferProgram } from '#shared/application/tracking/offers/offer';
import { MAX_QUERY_LENGTH } from '#shared/application/tracking/redirect/redirect-link';
import { filledDisclosure } from '#shared/domain/tracking/disclosure';

/** What a code gives, on which conditions, who is paid, and one button where there is somewhere to go. */
export function codePage({ code, terms, description, destination, payee, program }: CodeOffer): string {
  const reading = readingOf(program);
  const { words } = reading;
  const discount = discountWords(terms, reading);
  const conditions = conditionWords(terms, reading);
  const list = conditions.map((one) => `<li>${escapeHtml(one)}</li>`).join('');
  return page(
    words.titleOfCode(program.name),
    `<h1>${escapeHtml(words.titleOfCode(program.name))}</h1>${discount ? `<p class="offer">${escapeHtml(discount)}</p>` : ''}` +
      `${paragraph(description ?? words.invited)}<p>${escapeHtml(words.enterCode)}</p><p><strong class="code" translate="no">${escapeHtml(code)}</strong></p>` +
      `${list === '' ? '' : `<h2>${escapeHtml(words.conditions)}</h2><ul>${list}</ul>`}` +
      `${destination === undefined ? '' : button(destination, words.go(program.name))}${paidNotice(words, payee, program)}`,
    program.language,
  );
}

/** What a link offers, who is paid, and the button that follows it; `query` goes along as it was sent, unless the link would refuse it. */
export function linkPage({ slug, description, payee, program }: LinkOffer, query: string): string {
  const { words } = readingOf(program);
  const isSent = query !== '' && query.length <= MAX_QUERY_LENGTH;
  return page(
    words.titleOfLink(program.name),
    `<h1>${escapeHtml(words.titleOfLink(program.name))}</h1>${paragraph(description)}` +
      `${button(`/r/${encodeURIComponent(slug)}${isSent ? `?${query}` : ''}`, words.go(program.name))}${paidNotice(words, payee, program)}`,
    program.language,
  );
}

function readingOf({ language, timeZone }: OfferProgram): Reading {
  return { language, timeZone, words: WORDS[language] };
}

/** In the words of the merchant, whatever language they are in. */
function paragraph(text: string | undefined): string {
  return text === undefined ? '' : `<p>${escapeHtml(text)}</p>`;
}

/** Search engines are told that the way is paid for. */
function button(href: string, text: string): string {
  return `<p><a class="go" rel="sponsored nofollow" href="${escapeHtml(href)}">${escapeHtml(text)}</a></p>`;
}

function paidNotice(words: Words, payee: string, { name, disclosure, disclosureVersion }: OfferProgram): string {
  const text = filledDisclosure(disclosure, { merchant: name, payee });
  const named = disclosure.includes('{payee}') ? '' : `<p><strong>${escapeHtml(words.isPaid(payee))}</strong></p>`;
  return (
    `<section class="paid" aria-labelledby="paid"><h2 id="paid">${escapeHtml(words.aboutPay)}</h2>${named}` +
    `<p>${escapeHtml(text)}</p><p><small>${escapeHtml(words.disclosureVersion(disclosureVersion))}</small></p></section>`
  );
}

import { escapeHtml, page } from '#functions/runtime/page';
import { type Nothing, WORDS } from '#functions/tracking/pages/words';
import type { Language } from '#shared/domain/tracking/disclosure';

/** A page that says why there is no offer, and what to do. */
export function nothingPage(what: Nothing, language: Language): string {
  const { title, advice } = WORDS[language][what];
  return page(title, `<h1>${escapeHtml(title)}</h1><p>${escapeHtml(advice)}</p>`, language);
}

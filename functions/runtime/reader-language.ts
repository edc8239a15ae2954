import type { Language } from '#shared/domain/tracking/disclosure';

const LANGUAGES: ReadonlySet<string> = new Set<Language>(['en', 'de', 'es', 'fr']);
const MAX_HEADER_LENGTH = 200;

/**
 * The language of a page that belongs to no programme: the first of the reader's that there is (RFC 9110, 12.5.4, by quality,
 * then as written), else English.
 */
export function languageOf(acceptLanguage: string | undefined): Language {
  const wanted = (acceptLanguage ?? '')
    .slice(0, MAX_HEADER_LENGTH)
    .split(',')
    .map((part) => {
      const [tag = '', ...parameters] = part.trim().toLowerCase().split(';');
      const quality = parameters.map((one) => /^\s*q=([01](?:\.\d{0,3})?)\s*$/.exec(one)?.[1]).find(Boolean);
      return { tag: tag.split('-')[0] ?? '', quality: Number(quality ?? 1) };
    })
    .filter(({ quality }) => quality > 0)
    .toSorted((a, b) => b.quality - a.quality);
  const first = wanted.find(({ tag }) => LANGUAGES.has(tag));
  return (first?.tag as Language | undefined) ?? 'en';
}

import { IntlMessageFormat } from 'intl-messageformat';
import type { Language } from '#shared/application/notifications/messages';

/** The same keys in every language; ICU MessageFormat without tags. */
export type Catalogue<Key extends string> = Readonly<Record<Language, Readonly<Record<Key, string>>>>;

/** Values are shown as they come: amounts, dates and shares are put into words before; numbers choose plurals. */
export type Values = Readonly<Record<string, string | number>>;

/**
 * A message in a language.
 * @throws Error when a value is missing, `undefined`, empty or not a number: nobody is sent a sentence with a gap
 */
export type Say<Key extends string> = (language: Language, key: Key, values?: Values) => string;

export const LOCALES: Readonly<Record<Language, string>> = { en: 'en-GB', de: 'de-DE', es: 'es-ES', fr: 'fr-FR' };

/** Parses each message once, when it is first said. `heard` is told of each, for tests. */
export function makeSay<Key extends string>(
  catalogue: Catalogue<Key>,
  heard?: (language: Language, key: Key, values: Values) => void,
): Say<Key> {
  const parsed = new Map<string, IntlMessageFormat>();
  return (language, key, values = {}) => {
    heard?.(language, key, values);
    const id = `${language} ${key}`;
    const message = parsed.get(id) ?? parse(catalogue[language][key], language, id);
    parsed.set(id, message);
    const said = message.format(checked(values, id));
    if (typeof said !== 'string' || said === '') throw new Error(`message ${id} says nothing`);
    return said;
  };
}

function parse(message: string | undefined, language: Language, id: string): IntlMessageFormat {
  if (!message) throw new Error(`there is no message ${id}`);
  const typeset = language === 'fr' ? withFrenchSpaces(message) : message;
  return new IntlMessageFormat(typeset, LOCALES[language], undefined, { ignoreTag: true });
}

/** French sets a space before these signs, at which no line may break. */
function withFrenchSpaces(message: string): string {
  return message.replaceAll(/ (?=[:;?!»%])/g, '\u00a0').replaceAll('« ', '«\u00a0');
}

function checked(values: Values, id: string): Record<string, string | number> {
  return Object.fromEntries(
    Object.entries(values).map(([name, value]) => {
      const shown = typeof value === 'string' ? inline(value) : value;
      if (shown === undefined || shown === null || shown === '' || Number.isNaN(shown))
        throw new Error(`message ${id} needs a value for {${name}}`);
      return [name, shown];
    }),
  );
}

const CONTROLS = /[\p{Cc}\u2028\u2029]+/gu;
/** Marks that turn the direction of what follows, also beyond the value they came in. */
const DIRECTION_MARKS = /[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]/g;
const RIGHT_TO_LEFT = /[\p{Script=Hebrew}\p{Script=Arabic}\p{Script=Syriac}\p{Script=Thaana}\p{Script=Nko}]/u;
const ISOLATE = '\u2068';
const END_OF_ISOLATE = '\u2069';

/** Somebody's text on one line of ours: it breaks no header and turns no other text around. Unicode TR 9, isolates. */
export function inline(text: string): string {
  return isolated(text.replaceAll(CONTROLS, ' ').trim());
}

/** Somebody's text with its own lines, at most `limit` characters of it. */
export function lines(text: string, limit = 4_000): readonly string[] {
  const shown = [...text].length > limit ? `${[...text].slice(0, limit).join('')} …` : text;
  return shown
    .split(/\r\n|[\r\n\u2028\u2029]/)
    .map(inline)
    .filter((line) => line !== '');
}

function isolated(text: string): string {
  const plain = text.replaceAll(DIRECTION_MARKS, '');
  return RIGHT_TO_LEFT.test(plain) ? `${ISOLATE}${plain}${END_OF_ISOLATE}` : plain;
}

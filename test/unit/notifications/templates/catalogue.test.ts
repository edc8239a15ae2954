import type { MessageFormatElement } from '@formatjs/icu-messageformat-parser';
import { IntlMessageFormat } from 'intl-messageformat';
import { describe, expect, it } from 'vitest';
import { makeTemplates, NOTICE_WORDS } from '#shared/adapters/mail-templates/render-notice';
import { en, type Key } from '#shared/adapters/mail-templates/words/en';
import { type Catalogue, makeSay, type Values } from '#shared/adapters/words/say';
import { LANGUAGES, type Language } from '#shared/application/notifications/messages';
import { DIGESTS, everySample, readerOf } from '#test/support/notice-samples';

const KEYS = Object.keys(en) as Key[];

/** The names of all values that a message may show, in whichever of its branches. */
function namesIn(message: string): readonly string[] {
  const names = new Set<string>();
  const walk = (elements: readonly MessageFormatElement[]): void => {
    for (const element of elements) {
      if ('value' in element && typeof element.value === 'string' && element.type !== 0) names.add(element.value);
      if ('options' in element) for (const option of Object.values(element.options)) walk(option.value);
    }
  };
  walk(new IntlMessageFormat(message, 'en', undefined, { ignoreTag: true }).getAst());
  return [...names].sort();
}

type Heard = { readonly language: Language; readonly key: Key; readonly values: Values };

/** All that is said when every sample is told in every language. */
function hearAll(catalogue: Catalogue<Key> = NOTICE_WORDS): readonly Heard[] {
  const heard: Heard[] = [];
  const { renderNotice, renderDigest } = makeTemplates(
    makeSay(catalogue, (language, key, values) => heard.push({ language, key, values })),
  );
  for (const language of LANGUAGES) {
    for (const { message, audience } of everySample()) renderNotice(message, readerOf(language, audience));
    for (const digest of DIGESTS) renderDigest(digest, readerOf(language));
  }
  return heard;
}

const heard = hearAll();

describe('the words of notices', () => {
  it.each(LANGUAGES)('have the same messages with the same values in %s', (language) => {
    const words = NOTICE_WORDS[language];
    expect(Object.keys(words).sort()).toEqual([...KEYS].sort());
    const differing = KEYS.filter((key) => namesIn(words[key]).join() !== namesIn(en[key]).join());
    expect(differing).toEqual([]);
  });

  it.each(LANGUAGES)('are typeset as %s is, and nothing is left in English', (language) => {
    const words = NOTICE_WORDS[language];
    expect(KEYS.filter((key) => /['"<>]| {2}|\.\.\./.test(words[key]))).toEqual([]);
    const marks = { en: /[„«]/, de: /[«”]/, es: /[„“]/, fr: /[„“]|\S[!?;:»]( |$)/ }[language];
    expect(KEYS.filter((key) => marks.test(words[key]))).toEqual([]);
    const same = KEYS.filter((key) => language !== 'en' && words[key] === en[key]);
    expect(same.filter((key) => !/^(subject|rail\.|row\.|topic\.)/.test(key))).toEqual([]);
  });

  it('are all said by some sample, each value in every language', () => {
    const said = new Set(heard.map(({ key }) => key));
    expect(KEYS.filter((key) => !said.has(key))).toEqual([]);
    const unused = heard.flatMap(({ language, key, values }) =>
      Object.keys(values)
        .filter((name) => !namesIn(NOTICE_WORDS[language][key]).includes(name))
        .map((name) => `${language} ${key} {${name}}`),
    );
    expect([...new Set(unused)].filter((one) => !isDeclaredUnused(one))).toEqual([]);
  });

  it('fail when any one of their values is missing, undefined, empty or not a number', () => {
    const say = makeSay(NOTICE_WORDS);
    const survived: string[] = [];
    const tried = new Set<string>();
    for (const { language, key, values } of heard) {
      for (const name of namesIn(NOTICE_WORDS[language][key])) {
        // In a plural that leads past it the value is not shown: with those shown it must be asked for.
        if (tried.has(`${language} ${key} ${name}`) || !isShown(language, key, name, values)) continue;
        tried.add(`${language} ${key} ${name}`);
        const { [name]: _, ...rest } = values;
        for (const broken of [
          rest,
          { ...values, [name]: undefined },
          { ...values, [name]: '' },
          { ...values, [name]: Number.NaN },
        ]) {
          try {
            survived.push(`${say(language, key, broken as Values)} (${language} ${key} without {${name}})`);
          } catch {}
        }
      }
    }
    expect(survived).toEqual([]);
    const never = LANGUAGES.flatMap((language) =>
      KEYS.flatMap((key) => namesIn(NOTICE_WORDS[language][key]).map((name) => `${language} ${key} ${name}`)),
    ).filter((one) => !tried.has(one));
    expect(never).toEqual([]);
  });

  it('fail these tests when a message asks for what no template gives', () => {
    const broken = { ...NOTICE_WORDS, de: { ...NOTICE_WORDS.de, 'payout.paid.lead': 'Erledigt, {nickname}!' } };
    expect(() => hearAll(broken)).toThrow(/nickname/);
    const gone = { ...NOTICE_WORDS, fr: { ...NOTICE_WORDS.fr, 'payout.paid.lead': '' } };
    expect(() => hearAll(gone)).toThrow('there is no message fr payout.paid.lead');
  });
});

/** The reasons of a review are given both tiers, of which each names one at most. */
function isDeclaredUnused(one: string): boolean {
  return /tier\.why\.(promoted|demoted|changed) \{(from|to)\}$/.test(one);
}

function isShown(language: Language, key: Key, name: string, values: Values): boolean {
  const { [name]: _, ...rest } = values;
  try {
    new IntlMessageFormat(NOTICE_WORDS[language][key], language, undefined, { ignoreTag: true }).format(rest);
    return false;
  } catch {
    return true;
  }
}

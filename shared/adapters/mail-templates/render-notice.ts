import {
  type Content,
  type Key,
  type Pen,
  penFor,
  TOPICS,
  type Writers,
} from '#shared/adapters/mail-templates/content';
import { type Frame, htmlOf } from '#shared/adapters/mail-templates/html';
import { writeDigest } from '#shared/adapters/mail-templates/notices/digest';
import { MONEY_NOTICES } from '#shared/adapters/mail-templates/notices/money-notices';
import { OTHER_NOTICES } from '#shared/adapters/mail-templates/notices/other-notices';
import { STAFF_NOTICES } from '#shared/adapters/mail-templates/notices/staff-notices';
import { TIER_NOTICES } from '#shared/adapters/mail-templates/notices/tier-notices';
import { paragraphsOf, textOf } from '#shared/adapters/mail-templates/text';
import { de } from '#shared/adapters/mail-templates/words/de';
import { en } from '#shared/adapters/mail-templates/words/en';
import { es } from '#shared/adapters/mail-templates/words/es';
import { fr } from '#shared/adapters/mail-templates/words/fr';
import { type Catalogue, inline, makeSay, type Say } from '#shared/adapters/words/say';
import {
  KINDS,
  type NoticeMessage,
  type RenderDigest,
  type RenderedNotice,
  type RenderNotice,
} from '#shared/application/notifications/messages';

export const NOTICE_WORDS: Catalogue<Key> = { en, de, es, fr };

const WRITERS: Writers = { ...TIER_NOTICES, ...MONEY_NOTICES, ...OTHER_NOTICES, ...STAFF_NOTICES };

/**
 * Notices and digests as e-mail (HTML and text) and as plain text of the inbox, by the reader's language and clock.
 * Both throw rather than leave a gap; the tests render every kind in every language.
 */
export function makeTemplates(say: Say<Key> = makeSay(NOTICE_WORDS)): {
  readonly renderNotice: RenderNotice;
  readonly renderDigest: RenderDigest;
} {
  return {
    renderNotice: (message, reader) => {
      const pen = penFor(reader, say);
      const { category } = KINDS[message.kind];
      const isAlways = category === 'money' || category === 'security';
      return rendered(
        contentOf(message, pen),
        pen,
        pen.say(TOPICS[category]),
        isAlways ? undefined : 'footer.unsubscribe',
      );
    },
    renderDigest: (digest, reader) => {
      const pen = penFor(reader, say);
      const content = writeDigest(digest, pen, (message) => contentOf(message, pen));
      return rendered(content, pen, pen.say('topic.digest'), 'footer.unsubscribe.digest');
    },
  };
}

function contentOf({ kind, facts }: NoticeMessage, pen: Pen): Content {
  return WRITERS[kind](facts as never, pen);
}

/** @param unsubscribe words of the link, if what is sent may be switched off */
function rendered(content: Content, pen: Pen, topic: string, unsubscribe: Unsubscribe): RenderedNotice {
  const { title } = content;
  const subject = pen.say('subject', { title, program: pen.program });
  const frame: Frame = {
    ...frameOf(pen, unsubscribe),
    lang: pen.reader.language,
    subject,
    program: pen.program,
    topic,
  };
  return {
    subject,
    title,
    text: paragraphsOf(content, pen.reader.language),
    mail: { text: textOf(content, frame), html: htmlOf(content, frame) },
  };
}

type Unsubscribe = 'footer.unsubscribe' | 'footer.unsubscribe.digest' | undefined;

function frameOf(pen: Pen, unsubscribe: Unsubscribe): Pick<Frame, 'greeting' | 'footer' | 'links'> {
  const { audience, name, timeZone, links } = pen.reader;
  return {
    greeting: pen.say('greeting', { name }),
    footer: [
      pen.say(`footer.${audience}`, { program: pen.program }),
      ...(unsubscribe ? [] : [pen.say('footer.always')]),
      pen.say('footer.clock', { zone: inline(timeZone) }),
    ],
    links: [
      ...linkTo(links?.preferences, pen.say('footer.preferences')),
      ...(unsubscribe ? linkTo(links?.unsubscribe, pen.say(unsubscribe)) : []),
    ],
  };
}

/** @throws TypeError for what is no address of a web page: a link that does nothing, or worse, is shown to nobody */
function linkTo(href: string | undefined, label: string): Frame['links'] {
  if (href === undefined) return [];
  const { protocol } = new URL(href);
  if (protocol !== 'https:' && protocol !== 'http:') throw new TypeError(`a link of a mail leads to ${protocol}`);
  return [{ label, href }];
}

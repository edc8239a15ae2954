import type { Block, Content } from '#shared/adapters/mail-templates/content';
import { type Frame, htmlOf } from '#shared/adapters/mail-templates/html';
import { APPLICANT_WORDS } from '#shared/adapters/mail-templates/letters/applicant-words';
import { textOf } from '#shared/adapters/mail-templates/text';
import { inline, lines } from '#shared/adapters/words/say';
import type { RenderLetter } from '#shared/application/notifications/telling/write-to-applicants';

const TONES = { received: 'plain', accepted: 'good', declined: 'plain' } as const;

/** A letter to an applicant, with one button: HTML and text say the same. Somebody else's words come in on one line, or quoted. */
export const renderApplicantLetter: RenderLetter = ({ kind, name, program, language, link, message }) => {
  const words = APPLICANT_WORDS[language];
  const { title, lead, more, link: label } = words.letters[kind];
  const from = inline(program);
  const quoted = lines(message ?? '');
  const blocks: readonly Block[] = [
    { type: 'paragraph', text: lead(from) },
    ...(quoted.length === 0 ? [] : [{ type: 'quote' as const, by: words.quote(from), lines: quoted }]),
    ...(link === undefined ? [] : [{ type: 'link' as const, label, href: link }]),
    { type: 'paragraph', text: more },
  ];
  const content: Content = { tone: TONES[kind], title, blocks };
  const frame: Frame = {
    ...{ lang: language, subject: words.subject(title, from), program: from, topic: words.topic },
    ...{ greeting: words.greeting(inline(name)), footer: [words.footer(from)], links: [] },
  };
  return { subject: frame.subject, text: textOf(content, frame), html: htmlOf(content, frame) };
};

import { type ComponentChild, h } from 'preact';
import { renderToString } from 'preact-render-to-string';
import type { Block, Content, Tone } from '#shared/adapters/mail-templates/content';
import { blockOf } from '#shared/adapters/mail-templates/html-blocks';
import { CELL, cell, font, row, size, table, text } from '#shared/adapters/mail-templates/html-parts';
import { LIGHT, MARK, styleSheet } from '#shared/adapters/mail-templates/style';
import type { Language } from '#shared/application/notifications/messages';

/** What surrounds a message. */
export type Frame = {
  readonly lang: Language;
  readonly subject: string;
  readonly program: string;
  readonly topic: string;
  readonly greeting: string;
  readonly footer: readonly string[];
  readonly links: readonly { readonly label: string; readonly href: string }[];
};

const WIDTH = 600;

/** The message as a document that needs no picture, font or script from anywhere. Texts are escaped by the renderer. */
export function htmlOf(content: Content, frame: Frame): string {
  const { tone, title, blocks } = content;
  const document = h(
    'html',
    { lang: frame.lang, dir: 'ltr' },
    h(
      'head',
      null,
      h('meta', { charset: 'utf-8' }),
      h('meta', { name: 'viewport', content: 'width=device-width, initial-scale=1' }),
      h('meta', { name: 'color-scheme', content: 'light dark' }),
      h('meta', { name: 'supported-color-schemes', content: 'light dark' }),
      h('meta', { name: 'format-detection', content: 'telephone=no,date=no,address=no,email=no,url=no' }),
      h('title', null, frame.subject),
      h('style', { dangerouslySetInnerHTML: { __html: styleSheet(tone) } }),
    ),
    h(
      'body',
      { class: 'page', style: `margin:0;padding:0;background-color:${LIGHT.page}` },
      preview(content),
      table(
        'page',
        { style: `background-color:${LIGHT.page}` },
        cell('outer', 'padding:24px 16px 32px', [
          h(
            'table',
            { ...CELL, width: WIDTH, align: 'center', style: `width:100%;max-width:${WIDTH}px;margin:0 auto` },
            h('tbody', null, [
              row(cell('pad', 'padding:0 32px 16px', masthead(frame))),
              row(
                cell(
                  'card edge',
                  `background-color:${LIGHT.card};border:1px solid ${LIGHT.line};border-radius:14px;overflow:hidden`,
                  [
                    h('div', {
                      class: 'fill',
                      style: `height:4px;line-height:4px;font-size:0;background-color:${LIGHT.tones[tone]};border-radius:13px 13px 0 0`,
                    }),
                    table('', {}, cell('pad', 'padding:28px 32px 12px', main(title, blocks, frame, tone))),
                  ],
                ),
              ),
              row(cell('pad', 'padding:20px 32px 0', foot(frame))),
            ]),
          ),
        ]),
      ),
    ),
  );
  return `<!doctype html>\n${renderToString(document)}\n`;
}

function main(title: string, blocks: readonly Block[], frame: Frame, tone: Tone): ComponentChild {
  return h(
    'div',
    { role: 'article', 'aria-label': title },
    text(
      'p',
      'tone',
      `${size(12, 16)}margin:0 0 8px;font-weight:700;letter-spacing:.08em;text-transform:uppercase`,
      frame.topic,
      LIGHT.tones[tone],
    ),
    text('h1', 'text title', `${size(25, 32)}margin:0 0 20px;font-weight:700;letter-spacing:-.01em`, title),
    text('p', 'text', `${size(16, 25)}margin:0 0 14px`, frame.greeting),
    blocks.map((block) => blockOf(block, tone)),
  );
}

function masthead({ program }: Frame): ComponentChild {
  return h(
    'table',
    { ...CELL, width: undefined },
    h(
      'tbody',
      null,
      row([
        h(
          'td',
          {
            width: 32,
            height: 32,
            align: 'center',
            bgcolor: MARK,
            'aria-hidden': 'true',
            style: `${font('#ffffff')}width:32px;height:32px;background-color:${MARK};border-radius:8px;text-align:center;font-size:17px;line-height:32px;font-weight:700`,
          },
          initialOf(program),
        ),
        cell(
          'text',
          `${font(LIGHT.text)}${size(16, 22)}padding-left:12px;font-weight:600;overflow-wrap:anywhere`,
          program,
        ),
      ]),
    ),
  );
}

function initialOf(program: string): string {
  const [first] = /[\p{L}\p{N}]/u.exec(program) ?? [];
  return (first ?? '·').toLocaleUpperCase('en');
}

function foot({ footer, links }: Frame): readonly ComponentChild[] {
  return [
    ...footer.map((line) => text('p', 'muted', `${size(13, 20)}margin:0 0 8px`, line, LIGHT.muted)),
    ...links.map(({ label, href }) =>
      h(
        'p',
        { style: 'margin:0 0 8px' },
        h('a', { class: 'link', href, style: `${font(LIGHT.link)}${size(13, 20)}text-decoration:underline` }, label),
      ),
    ),
  ];
}

/** What lists of mails show beside the subject; the filler keeps what follows out of it. */
function preview({ preview: given, blocks: [first] }: Content): ComponentChild {
  const words = given ?? (first?.type === 'paragraph' ? first.text : '');
  return h(
    'div',
    {
      style:
        'display:none;max-height:0;max-width:0;overflow:hidden;opacity:0;mso-hide:all;font-size:1px;line-height:1px',
    },
    `${words}${'\u00a0\u200c'.repeat(60)}`,
  );
}

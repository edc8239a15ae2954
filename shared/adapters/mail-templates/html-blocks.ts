import { type ComponentChild, h } from 'preact';
import type { AccountRow, Block, News, Row, Step, Tone } from '#shared/adapters/mail-templates/content';
import { box, CELL, cell, font, heading, row, size, table, text } from '#shared/adapters/mail-templates/html-parts';
import { LIGHT, MARK } from '#shared/adapters/mail-templates/style';

export function blockOf(block: Block, tone: Tone): ComponentChild {
  return BLOCKS[block.type](block as never, tone);
}

const BLOCKS: {
  readonly [Type in Block['type']]: (block: Extract<Block, { type: Type }>, tone: Tone) => ComponentChild;
} = {
  paragraph: ({ text: words }) => text('p', 'text', `${size(16, 25)}margin:0 0 20px`, words),
  quote: ({ by, lines }) =>
    h('div', { style: 'margin:0 0 20px' }, [
      text('p', 'muted', `${size(13, 18)}margin:0 0 6px`, by, LIGHT.muted),
      h(
        'blockquote',
        { class: 'edge', style: `margin:0;padding:2px 0 2px 16px;border-left:3px solid ${LIGHT.line}` },
        lines.map((line) => text('p', 'text', `${size(16, 25)}margin:0 0 6px`, line)),
      ),
    ]),
  figure: ({ label, value }, tone) =>
    box(
      [
        text('p', 'muted', `${size(13, 18)}margin:0 0 4px`, label, LIGHT.muted),
        text(
          'p',
          'tone figure',
          `${size(34, 40)}margin:0;font-weight:700;letter-spacing:-.02em;font-variant-numeric:tabular-nums`,
          value,
          LIGHT.tones[tone],
        ),
      ],
      'padding:16px 20px',
    ),
  facts: ({ rows }) =>
    h('table', { ...CELL, role: undefined, style: 'margin:0 0 20px' }, h('tbody', null, rows.map(fact))),
  account: ({ caption, rows }) =>
    h('table', { ...CELL, role: undefined, style: 'margin:0 0 20px' }, [
      h(
        'caption',
        { class: 'text', style: `${font(LIGHT.text)}${size(16, 24)}text-align:left;font-weight:700;padding:0 0 6px` },
        caption,
      ),
      h('tbody', null, rows.map(accountRow)),
    ]),
  progress: ({ title, steps }, tone) =>
    h('div', { style: 'margin:4px 0 20px' }, [heading(title), steps.map((step) => stepOf(step, tone))]),
  news: ({ title, items }) => h('div', { style: 'margin:12px 0 24px' }, [heading(title, 18), items.map(newsItem)]),
  link: ({ label, href }) =>
    h(
      'p',
      { style: 'margin:4px 0 24px' },
      h(
        'a',
        {
          class: 'button',
          href,
          style: `${font('#ffffff')}${size(16, 24)}display:inline-block;background-color:${MARK};border-radius:8px;padding:11px 22px;font-weight:700;text-decoration:none`,
        },
        label,
      ),
    ),
  next: ({ title, items }, tone) =>
    h(
      'table',
      { ...CELL, style: 'margin:4px 0 20px' },
      h(
        'tbody',
        null,
        row(
          cell(
            'box mark-edge',
            `background-color:${LIGHT.box};border-left:4px solid ${LIGHT.tones[tone]};border-radius:4px 10px 10px 4px;padding:16px 20px 8px`,
            [heading(title), items.map((item) => text('p', 'text', `${size(16, 24)}margin:0 0 10px`, item))],
          ),
        ),
      ),
    ),
};

function fact({ label, value }: Row): ComponentChild {
  const edge = `border-bottom:1px solid ${LIGHT.line};padding:9px 0;vertical-align:top;text-align:left;`;
  return row([
    h(
      'th',
      {
        scope: 'row',
        class: 'muted edge',
        width: '38%',
        style: `${font(LIGHT.muted)}${size(14, 21)}${edge}font-weight:400;padding-right:12px`,
      },
      label,
    ),
    h(
      'td',
      {
        class: 'text edge',
        style: `${font(LIGHT.text)}${size(15, 21)}${edge}overflow-wrap:anywhere;word-break:break-word`,
      },
      value,
    ),
  ]);
}

function accountRow({ label, value, isResult }: AccountRow): ComponentChild {
  const edge = `border-top:${isResult ? 2 : 1}px solid ${LIGHT.line};padding:9px 0;vertical-align:top;`;
  const weight = `font-weight:${isResult ? 700 : 400};`;
  return row([
    h(
      'th',
      {
        scope: 'row',
        class: `${isResult ? 'text' : 'muted'} edge`,
        style: `${font(isResult ? LIGHT.text : LIGHT.muted)}${size(15, 21)}${edge}${weight}text-align:left;padding-right:12px`,
      },
      label,
    ),
    h(
      'td',
      {
        class: 'text edge',
        align: 'right',
        style: `${font(LIGHT.text)}${size(15, 21)}${edge}${weight}text-align:right;white-space:nowrap;font-variant-numeric:tabular-nums`,
      },
      value,
    ),
  ]);
}

/** Longer numbers than `17 of 20` may take two lines: on a phone they would push the words out. */
const MAX_UNBROKEN = 12;

/** A bar made of cells, which every mail program draws; the same is said in numbers beside it. */
function stepOf({ text: words, measured }: Step, tone: Tone): ComponentChild {
  const percent = measured && Math.min(100, Math.max(0, Math.round(measured.done / 100)));
  return h('div', { style: 'margin:0 0 14px' }, [
    table('', {}, [
      cell(
        'text',
        `${font(LIGHT.text)}${size(15, 22)}padding:0 12px 6px 0;overflow-wrap:anywhere`,
        measured ? words : `○ ${words}`,
      ),
      measured &&
        h(
          'td',
          {
            class: 'muted',
            align: 'right',
            style: `${font(LIGHT.muted)}${size(14, 22)}padding:0 0 6px;text-align:right;vertical-align:top;${measured.words.length > MAX_UNBROKEN ? '' : 'white-space:nowrap;'}font-variant-numeric:tabular-nums`,
          },
          measured.words,
        ),
    ]),
    percent === undefined ? null : bar(percent, tone),
  ]);
}

function bar(percent: number, tone: Tone): ComponentChild {
  const part = (width: number, name: string, colour: string): ComponentChild =>
    width === 0
      ? null
      : h(
          'td',
          {
            class: name,
            width: `${width}%`,
            height: 8,
            bgcolor: colour,
            style: `width:${width}%;height:8px;line-height:8px;font-size:0;background-color:${colour}`,
          },
          '\u00a0',
        );
  return h(
    'table',
    { ...CELL, 'aria-hidden': 'true', style: 'width:100%;border-radius:4px;overflow:hidden;border-collapse:separate' },
    h('tbody', null, row([part(percent, 'fill', LIGHT.tones[tone]), part(100 - percent, 'track', LIGHT.line)])),
  );
}

function newsItem({ title, text: words, when }: News): ComponentChild {
  return h('div', { class: 'edge', style: `border-top:1px solid ${LIGHT.line};padding:12px 0` }, [
    text('h3', 'text', `${size(16, 22)}margin:0 0 4px;font-weight:600`, title),
    words === '' ? null : text('p', 'text', `${size(15, 22)}margin:0 0 4px`, words),
    when === '' ? null : text('p', 'muted', `${size(13, 18)}margin:0`, when, LIGHT.muted),
  ]);
}

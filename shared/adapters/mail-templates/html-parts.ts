import { type ComponentChild, type ComponentChildren, h } from 'preact';
import { FONT, LIGHT } from '#shared/adapters/mail-templates/style';

/** Pieces of a mail that old mail programs draw as new ones do: tables, and styles in the elements. */

export const CELL = { role: 'presentation', cellPadding: 0, cellSpacing: 0, border: 0, width: '100%' } as const;

export function heading(title: string, fontPx = 16): ComponentChild {
  return text('h2', 'text', `${size(fontPx, 24)}margin:0 0 10px;font-weight:700`, title);
}

export function box(children: ComponentChildren, padding: string): ComponentChild {
  return h(
    'table',
    { ...CELL, style: 'margin:0 0 20px' },
    h('tbody', null, row(cell('box', `background-color:${LIGHT.box};border-radius:10px;${padding}`, children))),
  );
}

export function text(
  tag: 'p' | 'h1' | 'h2' | 'h3',
  name: string,
  style: string,
  words: string,
  colour: string = LIGHT.text,
): ComponentChild {
  return h(tag, { class: name, style: `${font(colour)}${style};overflow-wrap:anywhere` }, withWholeDays(words));
}

export function table(
  name: string,
  attributes: Readonly<Record<string, string>>,
  children: ComponentChildren,
): ComponentChild {
  return h('table', { ...CELL, class: name || undefined, ...attributes }, h('tbody', null, row(children)));
}

export function row(children: ComponentChildren): ComponentChild {
  return h('tr', null, children);
}

export function cell(name: string, style: string, children: ComponentChildren): ComponentChild {
  return h('td', { class: name || undefined, style }, children);
}

export function font(colour: string): string {
  return `font-family:${FONT};color:${colour};`;
}

export function size(fontPx: number, linePx: number): string {
  return `font-size:${fontPx}px;line-height:${linePx}px;`;
}

/** No line ends between the day and its month: `30.` alone at an end reads as the end of a sentence. */
function withWholeDays(words: string): string {
  return words.replaceAll(/(?<=(?<!\d)\d{1,2}(?:\.|er)?) (?=\p{L}{3,} \d{4})/gu, '\u00a0');
}

import type { Tone } from '#shared/adapters/mail-templates/content';

/**
 * Colours of a mail in light and dark. Every text has a contrast of at least 4.5 on what it stands on, in both (WCAG 2.2,
 * 1.4.3); the tests compute it. Light ones stand in the elements, for programs that drop style sheets.
 */
type Palette = {
  readonly page: string;
  readonly card: string;
  readonly box: string;
  readonly line: string;
  readonly text: string;
  readonly muted: string;
  readonly link: string;
  readonly tones: Readonly<Record<Tone, string>>;
};

export const LIGHT: Palette = {
  page: '#eef1f5',
  card: '#ffffff',
  box: '#f4f6f9',
  line: '#dde3ea',
  text: '#1b2430',
  muted: '#556172',
  link: '#1f5fbf',
  tones: { plain: '#2b5c9e', good: '#1a7448', attention: '#8f5400', bad: '#b3261e' },
};

export const DARK: Palette = {
  page: '#0f1318',
  card: '#191f27',
  box: '#222a34',
  line: '#36404d',
  text: '#e9edf2',
  muted: '#a9b4c2',
  link: '#8fbbff',
  tones: { plain: '#8fbbff', good: '#74d3a3', attention: '#f0b95f', bad: '#ff9d94' },
};

/** Of the mark with the programme's first letter: white on it, in both. */
export const MARK = '#1f3a5f';

export const FONT = "-apple-system,BlinkMacSystemFont,'Segoe UI',Roboto,'Helvetica Neue',Arial,sans-serif";

/** Also in the form that Outlook's web page gives to selectors when it shows a mail in the dark. */
function dark(tone: Tone): string {
  const rules: readonly (readonly [string, string])[] = [
    ['.page', `background-color:${DARK.page}`],
    ['.card', `background-color:${DARK.card}`],
    ['.box', `background-color:${DARK.box}`],
    ['.edge', `border-color:${DARK.line}`],
    ['.track', `background-color:${DARK.line}`],
    ['.text', `color:${DARK.text}`],
    ['.muted', `color:${DARK.muted}`],
    ['.link', `color:${DARK.link}`],
    ['.tone', `color:${DARK.tones[tone]}`],
    ['.fill', `background-color:${DARK.tones[tone]}`],
    ['.mark-edge', `border-color:${DARK.tones[tone]}`],
  ];
  const sheet = (prefix: string): string =>
    rules.map(([selector, rule]) => `${prefix}${selector}{${rule}!important}`).join('');
  return `@media (prefers-color-scheme:dark){${sheet('')}}${sheet('[data-ogsc] ')}${sheet('[data-ogsb] ')}`;
}

export function styleSheet(tone: Tone): string {
  return [
    ':root{color-scheme:light dark;supported-color-schemes:light dark}',
    'body{margin:0;padding:0;-webkit-text-size-adjust:100%;text-size-adjust:100%}',
    // Programs that make links of dates and numbers give them colours of their own.
    'a[x-apple-data-detectors]{color:inherit!important;text-decoration:none!important}',
    '@media (max-width:480px){.pad{padding-left:20px!important;padding-right:20px!important}.outer{padding-left:8px!important;padding-right:8px!important}.title{font-size:22px!important}.figure{font-size:30px!important}}',
    dark(tone),
  ].join('');
}

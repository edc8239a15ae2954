import { escapeXml as escapeHtml } from './objects.ts';
import type { Mail } from './ses.ts';

/** Pages of the local mailbox: no script, nothing fetched, and a mail shown in a frame that may do nothing but open its links. */

export type Page = { status: number; headers: Record<string, string>; body: string };

const PREVIEW_CHARACTERS = 160;

export function listPage(mails: readonly Mail[]): Page {
  if (mails.length === 0)
    return page('Mailbox', '<p>No mail yet. What the system sends appears here; nothing leaves this machine.</p>');
  const count = mails.length === 1 ? 'One message' : `${mails.length} messages, newest first`;
  return page(
    'Mailbox',
    `<p class="muted">${count}. Nothing of it left this machine.</p><ol class="mails">${mails.map(listed).join('')}</ol>`,
  );
}

function listed(mail: Mail): string {
  const { id, at, from, to, subject } = mail;
  return (
    `<li><a href="/mail/${id}"><span class="line"><strong>${escapeHtml(subject)}</strong>${timeOf(at)}</span>` +
    `<span class="muted">${escapeHtml(nameOf(from))} to ${escapeHtml(to.join(', '))}</span>` +
    `<span class="preview">${escapeHtml(previewOf(mail))}</span></a></li>`
  );
}

/** The name before an address, or the address. */
function nameOf(from: string): string {
  return /^"?([^"<]+?)"?\s*</.exec(from)?.[1] ?? from;
}

/** What mail programs show beside the subject: the words that a message hides at its top for that, or its text. */
function previewOf({ html, text, raw, subject }: Mail): string {
  const hidden = /<div style="display:none[^>]*>([^<]*)<\/div>/.exec(html ?? '')?.[1];
  const words = hidden === undefined ? (text ?? raw ?? '') : decoded(hidden);
  const plain = words
    .replace(subject, '')
    .replaceAll(/[\s\u00a0\u200c]+/g, ' ')
    .trim();
  const shown = [...plain];
  return shown.length > PREVIEW_CHARACTERS ? `${shown.slice(0, PREVIEW_CHARACTERS).join('')} …` : plain;
}

const ENTITIES: Readonly<Record<string, string>> = { lt: '<', gt: '>', quot: '"', '#39': "'", apos: "'", amp: '&' };

function decoded(html: string): string {
  return html.replaceAll(/&(lt|gt|quot|#39|apos|amp);/g, (entity, name: string) => ENTITIES[name] ?? entity);
}

const VIEWS = ['html', 'text', 'headers'] as const;
const WIDTHS = ['desktop', 'phone'] as const;
const SCHEMES = ['system', 'light', 'dark'] as const;
type Shown = {
  readonly view: (typeof VIEWS)[number];
  readonly width: (typeof WIDTHS)[number];
  readonly scheme: (typeof SCHEMES)[number];
};

const LABELS = {
  html: 'HTML',
  text: 'Text',
  headers: 'Headers',
  desktop: 'Desktop',
  phone: 'Phone',
  system: 'As the system',
  light: 'Light',
  dark: 'Dark',
} as const;

/** One message. `view`, `width` and `scheme` of the query say how it is shown; anything else is as usual. */
export function messagePage(mail: Mail, query: URLSearchParams): Page {
  const pick = <Option extends string>(name: string, options: readonly Option[]): Option =>
    options.find((option) => option === query.get(name)) ?? (options[0] as Option);
  const wanted: Shown = {
    view: pick('view', VIEWS),
    width: pick('width', WIDTHS),
    scheme: pick('scheme', SCHEMES),
  };
  const shown: Shown = wanted.view === 'html' && mail.html === undefined ? { ...wanted, view: 'text' } : wanted;
  const choose = <Name extends keyof Shown>(name: Name, label: string, options: readonly Shown[Name][]): string => {
    const links = options.map((option) => {
      const here = shown[name] === option ? ' aria-current="true"' : '';
      const { view, width, scheme } = { ...shown, ...({ [name]: option } as Partial<Shown>) };
      return `<a href="?view=${view}&amp;width=${width}&amp;scheme=${scheme}"${here}>${LABELS[option]}</a>`;
    });
    return `<nav aria-label="${label}">${links.join('')}</nav>`;
  };
  const isHtml = shown.view === 'html';
  return page(
    mail.subject,
    [
      '<p><a href="/mail">All mail</a></p>',
      `<dl><dt>From</dt><dd>${escapeHtml(mail.from)}</dd><dt>To</dt><dd>${escapeHtml(mail.to.join(', '))}</dd>`,
      `<dt>Sent</dt><dd>${timeOf(mail.at)}</dd>${unsubscribeOf(mail)}</dl><div class="bar">`,
      choose('view', 'Show as', mail.html === undefined ? ['text', 'headers'] : VIEWS),
      isHtml ? choose('width', 'Width', WIDTHS) + choose('scheme', 'Colours', SCHEMES) : '',
      '</div>',
      isHtml ? frameOf(mail.html ?? '', shown) : '',
      shown.view === 'text' ? `<pre tabindex="0">${escapeHtml(mail.text ?? mail.raw ?? '')}</pre>` : '',
      shown.view === 'headers' ? headersOf(mail) : '',
    ].join(''),
  );
}

function frameOf(html: string, { width, scheme }: Shown): string {
  const links = [...html.matchAll(/<a\b[^>]*\bhref="(https?:[^"]+)"[^>]*>([^<]*)/g)].map(([, href = '', label = '']) =>
    linkTo(decoded(href), decoded(label)),
  );
  return (
    `<iframe sandbox="allow-popups allow-popups-to-escape-sandbox" class="${width} ${scheme}" title="Message" srcdoc="${escapeHtml(inNewTabs(inScheme(html, scheme)))}"></iframe>` +
    (links.length === 0
      ? ''
      : `<h2>Links</h2><p class="muted">In the message they open in a new tab, here in this one.</p><ul><li>${links.join('</li><li>')}</li></ul>`)
  );
}

/** Pages that may not be shown in a frame, as ours, would be an error in this one. */
function inNewTabs(html: string): string {
  const base = '<base target="_blank">';
  return /<head\b[^>]*>/i.test(html) ? html.replace(/<head\b[^>]*>/i, (head) => head + base) : html + base;
}

/** What the message asks of the reader's colours is answered here, as no page can set that for a frame. */
function inScheme(html: string, scheme: Shown['scheme']): string {
  if (scheme === 'system') return html;
  const decided = html.replaceAll(/\(\s*prefers-color-scheme\s*:\s*(dark|light)\s*\)/g, (_, asked: string) =>
    asked === scheme ? '(min-width:0)' : '(max-width:0)',
  );
  return `${decided}<style>:root{color-scheme:${scheme}!important}</style>`;
}

/** By which a mail program lets its reader end such mails (RFC 2369, RFC 8058). */
function unsubscribeOf({ headers = {} }: Mail): string {
  const rows = Object.entries(headers).filter(([name]) => /^list-unsubscribe(-post)?$/i.test(name));
  return rows.map(([name, value]) => `<dt>${escapeHtml(name)}</dt><dd>${withLinks(value)}</dd>`).join('');
}

function headersOf({ id, at, from, to, replyTo, subject, headers, configurationSet, tags }: Mail): string {
  const all: readonly (readonly [string, string | undefined])[] = [
    ['From', from],
    ['To', to.join(', ')],
    ['Reply-To', replyTo?.join(', ')],
    ['Subject', subject],
    ['Date', at],
    ['Message-ID', id],
    ...Object.entries(headers ?? {}),
    ['Configuration set', configurationSet],
    [
      'Tags',
      tags &&
        Object.entries(tags)
          .map(([name, value]) => `${name}=${value}`)
          .join(', '),
    ],
  ];
  const rows = all.flatMap(([name, value]) =>
    value ? [`<tr><th scope="row">${escapeHtml(name)}</th><td>${withLinks(value)}</td></tr>`] : [],
  );
  return `<table><caption>Headers, and what only SES is told</caption><tbody>${rows.join('')}</tbody></table>`;
}

/** Text in which addresses of pages can be followed. */
function withLinks(text: string): string {
  return text
    .split(/(https?:\/\/[^\s<>"]+)/)
    .map((part, index) => (index % 2 === 1 ? linkTo(part, part) : escapeHtml(part)))
    .join('');
}

function linkTo(href: string, label: string): string {
  return `<a rel="noreferrer" href="${escapeHtml(href)}">${escapeHtml(label === '' ? href : label)}</a>`;
}

const CLOCK = new Intl.DateTimeFormat('en-GB', { dateStyle: 'medium', timeStyle: 'medium', timeZone: 'UTC' });

function timeOf(at: string): string {
  return `<time datetime="${escapeHtml(at)}">${CLOCK.format(new Date(at))} UTC</time>`;
}

export function notFoundPage(): Page {
  return page('Not found', '<p>No such message. <a href="/mail">All mail</a></p>', 404);
}

const STYLE = `:root{color-scheme:light dark;--ink:#1b2430;--muted:#556172;--line:#d5dce4;--ground:#f4f6f9;--card:#fff;--link:#1f5fbf}
@media(prefers-color-scheme:dark){:root{--ink:#e9edf2;--muted:#a9b4c2;--line:#36404d;--ground:#0f1318;--card:#191f27;--link:#8fbbff}}
*{box-sizing:border-box}body{font:16px/1.5 system-ui,sans-serif;margin:0;background:var(--ground);color:var(--ink);overflow-wrap:anywhere}
main{max-width:70rem;margin:0 auto;padding:1.5rem 1rem 4rem}a{color:var(--link)}h1{font-size:1.5rem;line-height:1.25;margin:.25rem 0 1rem}
h2{font-size:1rem;margin:1.5rem 0 .25rem}.muted{color:var(--muted)}.mails{list-style:none;margin:0;padding:0;background:var(--card);border:1px solid var(--line);border-radius:12px;overflow:hidden}
.mails li+li{border-top:1px solid var(--line)}.mails a{display:block;padding:.75rem 1rem;color:inherit;text-decoration:none}
.mails a:hover strong,.mails a:focus-visible strong{color:var(--link);text-decoration:underline}.mails span{display:block}.mails .muted,.preview{font-size:.875rem}
.preview{color:var(--muted);white-space:nowrap;overflow:hidden;text-overflow:ellipsis}.mails .line{display:flex;gap:1rem;justify-content:space-between;align-items:baseline}
time{white-space:nowrap}.line time{color:var(--muted);font-size:.8125rem}dl{display:grid;grid-template-columns:max-content 1fr;gap:.25rem 1rem;margin:0 0 1rem}
dt{color:var(--muted)}dd{margin:0;min-width:0}.bar{display:flex;flex-wrap:wrap;gap:.5rem 1.25rem;margin:0 0 1rem}nav{display:flex;border:1px solid var(--line);border-radius:8px;overflow:hidden;background:var(--card)}
nav a{padding:.375rem .875rem;text-decoration:none}nav a+a{border-left:1px solid var(--line)}nav a[aria-current]{background:var(--ink);color:var(--card);font-weight:600}
iframe{display:block;width:100%;height:75vh;min-height:34rem;border:1px solid var(--line);border-radius:12px;background:#fff}iframe.phone{width:375px;max-width:100%;margin:0 auto}
iframe.light{color-scheme:light}iframe.dark{color-scheme:dark;background:#0f1318}pre,table{background:var(--card);border:1px solid var(--line);border-radius:12px;padding:1rem;width:100%}
pre{white-space:pre-wrap;font:14px/1.55 ui-monospace,monospace;margin:0}caption{text-align:left;color:var(--muted);padding:0 0 .5rem}
th,td{text-align:left;vertical-align:top;padding:.375rem .75rem .375rem 0;font-weight:400}th{color:var(--muted);width:12rem}
@media(max-width:40rem){.mails .line{display:block}dl{display:block}dd{margin:0 0 .5rem}th,td{display:block;width:auto;padding:0}td{padding:0 0 .5rem}time{white-space:normal}.line time{display:block}}`;

function page(title: string, content: string, status = 200): Page {
  const body = `<!doctype html><html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width,initial-scale=1"><title>${escapeHtml(title)}</title><style>${STYLE}</style></head><body><main><h1>${escapeHtml(title)}</h1>${content}</main></body></html>`;
  // A message is somebody's text: no script of it runs and nothing of it is fetched.
  const policy =
    "default-src 'none'; style-src 'unsafe-inline'; frame-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";
  return {
    status,
    body,
    headers: {
      'content-type': 'text/html; charset=utf-8',
      'content-security-policy': policy,
      'cache-control': 'no-store',
      'referrer-policy': 'no-referrer',
      'x-content-type-options': 'nosniff',
    },
  };
}

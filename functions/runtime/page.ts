/** Every small page that people see: no script, no foreign resource, readable on a phone and by a screen reader. */
const STYLE =
  'body{font:18px/1.5 system-ui,sans-serif;margin:0;background:#fff;color:#1a1a1a}' +
  'main{max-width:34rem;margin:0 auto;padding:2rem 1.25rem}h1{font-size:1.6rem;line-height:1.25}' +
  'h2{font-size:1rem;margin:0 0 .25rem}.offer{font-size:1.3rem;font-weight:600;margin:.5rem 0}' +
  '.code{font:600 1.5rem ui-monospace,monospace;background:#f1f3f4;padding:.6rem 1rem;border-radius:.5rem;' +
  'display:inline-block;overflow-wrap:anywhere}.go{display:inline-block;background:#0b57d0;color:#fff;' +
  'padding:.75rem 1.5rem;border:0;border-radius:.5rem;text-decoration:none;font:inherit;font-weight:600;cursor:pointer}.go:focus-visible{outline:3px solid #1a1a1a;' +
  'outline-offset:2px}.paid{border-top:1px solid #ccc;margin-top:2rem;padding-top:1rem;font-size:1rem;color:#444}' +
  '.from{margin:0;color:#444}.paid p{margin:.25rem 0;overflow-wrap:anywhere}.paid small{font-size:.85rem}ul{padding-left:1.2rem}' +
  '@media(prefers-color-scheme:dark){body{background:#161616;color:#eee}.code{background:#2b2b2b}.paid,.from{color:#bbb}' +
  '.go{background:#a8c7fa;color:#062e6f}.go:focus-visible{outline-color:#eee}}';

export const PAGE_HEADERS: Readonly<Record<string, string>> = {
  'content-type': 'text/html; charset=utf-8',
  'cache-control': 'private, no-store',
  'referrer-policy': 'no-referrer',
  'x-content-type-options': 'nosniff',
  'content-security-policy': "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; frame-ancestors 'none'",
};

/** `content` is HTML whose texts went through {@link escapeHtml}; `style` is what this page alone needs. */
export function page(title: string, content: string, language = 'en', style = ''): string {
  return (
    `<!doctype html><html lang="${language}"><head><meta charset="utf-8"><title>${escapeHtml(title)}</title>` +
    '<meta name="viewport" content="width=device-width,initial-scale=1"><meta name="robots" content="noindex">' +
    `<style>${STYLE}${style}</style></head><body><main>${content}</main></body></html>`
  );
}

const ENTITIES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

export function escapeHtml(text: string): string {
  return text.replace(/[&<>"']/g, (character) => ENTITIES[character] ?? '');
}

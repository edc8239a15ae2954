/** The little of a browser that the snippet touches; Node has no types for it. */
type Field = { value: string };
type Browser = {
  tallystick?: unknown;
  readonly location: { readonly href: string; readonly protocol: string };
  readonly history: { replaceState(state: unknown, title: string, url: string): void };
  readonly document: {
    cookie: string;
    readonly currentScript: { readonly dataset: Readonly<Record<string, string | undefined>> } | null;
    addEventListener(type: string, listener: () => void, capture?: boolean): void;
    querySelectorAll(selector: string): { forEach(visit: (field: Field) => void): void };
  };
};

/**
 * Keeps click tokens from a landing page until the checkout, in one first-party cookie: the first click and the last ones.
 * With `data-consent="required"` nothing is stored before `tallystick.consent(true)`; until then the tokens of this page are
 * held in memory. It must stand alone: its source text is what the browser gets, so it refers to nothing outside.
 * `data-days` (default 90) is how long, `data-domain` the domain that landing page and checkout share.
 */
export function installSnippet(browser: Browser): void {
  const { document } = browser;
  const settings = document.currentScript?.dataset ?? {};
  const name = 'ts_click';
  const most = 5;
  const stored = (): string[] =>
    (new RegExp(`(?:^|; )${name}=([^;]*)`).exec(document.cookie)?.[1] ?? '').split('~').filter(Boolean);
  const write = (value: string, seconds: number): void => {
    document.cookie =
      `${name}=${value};path=/;max-age=${seconds};samesite=lax` +
      (settings.domain ? `;domain=${settings.domain}` : '') +
      (browser.location.protocol === 'https:' ? ';secure' : '');
  };
  let tokens = stored();
  let isAllowed = settings.consent !== 'required' || tokens.length > 0;
  const keep = (): void => {
    if (isAllowed && tokens.length > 0) write(tokens.join('~'), Number(settings.days ?? 90) * 86_400);
  };
  const fill = (): void => {
    document.querySelectorAll(`input[name="${name}"]`).forEach((field) => {
      field.value = tokens.join(' ');
    });
  };
  const url = new URL(browser.location.href);
  const token = url.searchParams.get(name);
  if (token && /^[\w.-]{40,600}$/.test(token)) {
    tokens = tokens.filter((one) => one !== token).concat(token);
    if (tokens.length > most) tokens = tokens.slice(0, 1).concat(tokens.slice(1 - most));
    keep();
    // A copied address must not carry this visitor's click to somebody else.
    url.searchParams.delete(name);
    browser.history.replaceState(null, '', url.href);
  }
  browser.tallystick = {
    tokens: () => tokens.slice(),
    consent: (isGiven: boolean) => {
      isAllowed = isGiven;
      if (isGiven) keep();
      else {
        tokens = [];
        write('', 0);
      }
      fill();
    },
  };
  fill();
  document.addEventListener('DOMContentLoaded', fill);
  document.addEventListener('submit', fill, true);
}

/** What the browser gets. */
export const SNIPPET = `(${installSnippet.toString()})(window);\n`;

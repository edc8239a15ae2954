import { runInNewContext } from 'node:vm';
import { describe, expect, it } from 'vitest';
import { SNIPPET } from '#functions/tracking/snippet';

const TOKEN = (letter: string): string => `${letter.repeat(60)}.${'m'.repeat(22)}`;

type Page = {
  readonly jar: Map<string, string>;
  readonly written: string[];
  readonly address: string;
  readonly field: { value: string };
  readonly tallystick: { tokens(): string[]; consent(isGiven: boolean): void };
  readonly emit: (type: string) => void;
};

/** The text of the snippet in a browser that has just what it needs; `jar` outlives the page. */
function visit(href: string, data: Record<string, string> = {}, jar = new Map<string, string>()): Page {
  const listeners = new Map<string, () => void>();
  const written: string[] = [];
  const field = { value: '' };
  let address = href;
  const window: Record<string, unknown> = {
    location: { href, protocol: new URL(href).protocol },
    history: {
      replaceState: (_state: unknown, _title: string, url: string) => {
        address = url;
      },
    },
    document: {
      get cookie() {
        return [...jar].map(([name, value]) => `${name}=${value}`).join('; ');
      },
      set cookie(text: string) {
        written.push(text);
        const [, name = '', value = ''] = /^([^=]+)=([^;]*)/.exec(text) ?? [];
        if (text.includes('max-age=0')) jar.delete(name);
        else jar.set(name, value);
      },
      currentScript: { dataset: data },
      addEventListener: (type: string, listener: () => void) => listeners.set(type, listener),
      querySelectorAll: () => [field],
    },
  };
  runInNewContext(SNIPPET, { window, URL, RegExp, Number });
  const page = { jar, written, field, tallystick: window.tallystick as Page['tallystick'] };
  return {
    ...page,
    get address() {
      return address;
    },
    emit: (type) => listeners.get(type)?.(),
  };
}

const landing = (letter: string): string => `https://shop.example/welcome?a=1&ts_click=${TOKEN(letter)}#top`;

describe('the snippet', () => {
  it('keeps the token of a click until the checkout, and fills its field', () => {
    const first = visit(landing('a'), { days: '30', domain: 'shop.example' });
    expect(first.tallystick.tokens()).toEqual([TOKEN('a')]);
    expect(first.written).toEqual([
      `ts_click=${TOKEN('a')};path=/;max-age=2592000;samesite=lax;domain=shop.example;secure`,
    ]);
    const checkout = visit('https://pay.shop.example/checkout', {}, first.jar);
    expect(checkout.field.value).toBe(TOKEN('a'));
    checkout.field.value = '';
    checkout.emit('submit');
    expect(checkout.field.value).toBe(TOKEN('a'));
    expect(checkout.written).toEqual([]);
  });

  it('takes the token out of the address, so that a copied one credits nobody with strangers', () => {
    expect(visit(landing('a')).address).toBe('https://shop.example/welcome?a=1#top');
  });

  it('keeps the first click and the last four, each once', () => {
    const { jar } = visit(landing('a'));
    for (const letter of ['b', 'c', 'd', 'e', 'f', 'g', 'f']) visit(landing(letter), {}, jar);
    const kept = visit('https://shop.example/', {}, jar).tallystick.tokens();
    expect(kept.map((token) => token[0]).join('')).toBe('adegf');
    expect(jar.get('ts_click')?.length).toBeLessThan(4_000);
  });

  it('sets no cookie before consent when told so, and forgets when it is refused', () => {
    const page = visit(landing('a'), { consent: 'required' });
    expect(page.written).toEqual([]);
    expect(page.tallystick.tokens()).toEqual([TOKEN('a')]);
    expect(visit('https://shop.example/next', { consent: 'required' }, page.jar).tallystick.tokens()).toEqual([]);
    page.tallystick.consent(true);
    expect(page.jar.get('ts_click')).toBe(TOKEN('a'));
    page.tallystick.consent(false);
    expect(page.jar.size).toBe(0);
    expect(page.tallystick.tokens()).toEqual([]);
    expect(page.field.value).toBe('');
  });

  it.each(['short', `${'a'.repeat(60)};path=/evil`, `${'a'.repeat(700)}`, '<script>'])(
    'takes nothing for a token that is none: %s',
    (text) => {
      const page = visit(`https://shop.example/?ts_click=${encodeURIComponent(text)}`);
      expect(page.tallystick.tokens()).toEqual([]);
      expect(page.written).toEqual([]);
    },
  );
});

import { existsSync, mkdirSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { decode } from 'fast-png';
import { type Browser, chromium, type Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { listPage, messagePage } from '#infra/local/mailbox-page';
import { makeTemplates } from '#shared/adapters/mail-templates/render-notice';
import type { LANGUAGES, NoticeKind, RenderedNotice } from '#shared/application/notifications/messages';
import { DIGESTS, readerOf, SAMPLES } from '#test/support/notice-samples';

const BROWSER = ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome'].find((path) =>
  existsSync(path),
);
/** Not committed: for whoever wants to see what a change made of the mails. */
const pictures = join(import.meta.dirname, '../../.vitest/mail-pictures');
const axe = createRequire(import.meta.url).resolve('axe-core/axe.min.js');

const PHONE = 375;
const DESKTOP = 1280;
const SCHEMES = ['light', 'dark'] as const;
/** Between them they have every block and every tone. */
const SHOWN = ['statement.ready', 'tier.demoted', 'payout.failed'] as const;

const { renderNotice, renderDigest } = makeTemplates();
const tell = (kind: NoticeKind, language: (typeof LANGUAGES)[number]): RenderedNotice =>
  renderNotice({ kind, facts: SAMPLES[kind][0] } as never, readerOf(language));

const PLAIN = {
  ...{ id: '6f1e7a52-5f0a-4a52-9a57-0d7d0a1d4c11', at: '2026-11-21T20:04:05.000Z', subject: 'Hi' },
  ...{ from: 'us@example.com', to: ['you@partners.example'] },
};

let browser: Browser;

/** What a reader would trip over, measured on the page as it is drawn. A text, because the page's world is not this one. */
const FAULTS = `(() => {
  const faults = [];
  const parse = (colour) => colour.match(/[\\d.]+/g).map(Number);
  const luminance = ([r, g, b]) => [r, g, b].map((part) => part / 255)
    .map((part) => part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4)
    .reduce((sum, part, index) => sum + part * [0.2126, 0.7152, 0.0722][index], 0);
  const groundOf = (element) => {
    for (let at = element; at; at = at.parentElement) {
      const colour = parse(getComputedStyle(at).backgroundColor);
      if (colour[3] !== 0) return colour;
    }
    return [255, 255, 255];
  };
  if (document.documentElement.scrollWidth > window.innerWidth) faults.push('wider than the screen');
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  let texts = 0;
  while (walker.nextNode()) {
    const text = walker.currentNode;
    const element = text.parentElement;
    const style = getComputedStyle(element);
    if (text.data.trim() === '' || !element.checkVisibility() || style.fontSize === '0px') continue;
    texts += 1;
    const range = document.createRange();
    range.selectNodeContents(text);
    for (const box of range.getClientRects())
      if (box.left < -0.5 || box.right > window.innerWidth + 0.5) faults.push('runs out of the screen: ' + text.data);
    if (parseFloat(style.fontSize) < 12) faults.push('too small: ' + text.data);
    const [light, dark] = [luminance(parse(style.color)), luminance(groundOf(element))].sort((a, b) => b - a);
    if ((light + 0.05) / (dark + 0.05) < 4.5) faults.push('too faint: ' + text.data);
  }
  for (const element of document.querySelectorAll('td, th, p, h1, h2, h3'))
    if (element.scrollWidth > element.clientWidth + 1 && getComputedStyle(element).display !== 'inline')
      faults.push('does not fit: ' + element.textContent);
  if (texts < 10) faults.push('hardly any text');
  return faults;
})()`;

async function draw(page: Page, { mail }: RenderedNotice, name: string): Promise<readonly string[]> {
  await page.setContent(mail.html);
  const faults: string[] = [];
  const grounds: number[] = [];
  for (const width of [PHONE, DESKTOP]) {
    await page.setViewportSize({ width, height: 800 });
    for (const colorScheme of SCHEMES) {
      await page.emulateMedia({ colorScheme });
      const file = `${name}-${width}-${colorScheme}.png`;
      faults.push(...(await page.evaluate<string[]>(FAULTS)).map((fault) => `${file}: ${fault}`));
      const picture = await page.screenshot({ path: join(pictures, file) });
      if (width === DESKTOP) continue;
      const seen = look(picture);
      if (seen.colours < 20) faults.push(`${file}: is blank`);
      grounds.push(seen.ground);
    }
  }
  const [light = 0, dark = 255] = grounds;
  if (light < 200 || dark > 60) faults.push(`${name}: not light by day (${light}) and dark by night (${dark})`);
  return faults;
}

/** How many colours a picture has, and how bright its corner is. */
function look(picture: Buffer): { readonly colours: number; readonly ground: number } {
  const { data, channels, width, height } = decode(picture);
  const colours = new Set<number>();
  for (let at = 0; at < width * height * channels; at += channels * 7) {
    colours.add(((data[at] ?? 0) << 16) | ((data[at + 1] ?? 0) << 8) | (data[at + 2] ?? 0));
  }
  return { colours: colours.size, ground: data[0] ?? 0 };
}

/** What makes it hard for people who do not see it, or not well. A mail is a part of a page, which has the landmarks. */
async function faultsByEar(page: Page): Promise<readonly string[]> {
  await page.addScriptTag({ path: axe });
  return page.evaluate<string[]>(
    'axe.run({ rules: { region: { enabled: false }, "landmark-one-main": { enabled: false } } })' +
      '.then(({ violations }) => violations.map(({ id, help }) => id + ": " + help))',
  );
}

// With CI=true a missing browser fails in the set-up instead of being skipped.
describe.skipIf(!BROWSER && !process.env.CI)('mails in a browser (needs Chromium: apt-get install chromium)', () => {
  beforeAll(async () => {
    if (!BROWSER) throw new Error('CI has no Chromium: apt-get install chromium');
    mkdirSync(pictures, { recursive: true });
    browser = await chromium.launch({
      executablePath: BROWSER,
      args: ['--no-sandbox', '--disable-gpu', '--no-first-run', '--disable-background-networking'],
    });
  });
  afterAll(() => browser?.close());

  it('can be read on a phone and a desktop, by day and by night', async () => {
    const page = await browser.newPage();
    const faults: string[] = [];
    for (const kind of SHOWN) faults.push(...(await draw(page, tell(kind, 'en'), kind)));
    faults.push(...(await draw(page, tell('tier.demotion_warned', 'fr'), 'tier.demotion_warned-fr')));
    faults.push(...(await draw(page, renderDigest(DIGESTS[0]!, readerOf('de')), 'digest-de')));
    await page.close();
    expect(faults).toEqual([]);
  });

  it('fit a small phone in the languages with the longest words, whatever people write', async () => {
    const page = await browser.newPage({ viewport: { width: 320, height: 800 } });
    const faults: string[] = [];
    for (const language of ['de', 'fr'] as const) {
      for (const kind of Object.keys(SAMPLES) as NoticeKind[]) {
        await page.setContent(tell(kind, language).mail.html);
        faults.push(...(await page.evaluate<string[]>(FAULTS)).map((fault) => `${language} ${kind}: ${fault}`));
      }
    }
    const word = 'Donaudampfschifffahrtsgesellschaft'.repeat(6);
    const reader = { ...readerOf('de'), name: word, program: { ...readerOf('de').program, name: word } };
    const [answer] = SAMPLES['dispute.answered'];
    const facts = { ...answer, orderId: word, disputeId: word, explanation: word };
    await page.setContent(renderNotice({ kind: 'dispute.answered', facts }, reader).mail.html);
    faults.push(...(await page.evaluate<string[]>(FAULTS)));
    await page.close();
    expect(faults).toEqual([]);
  });

  it('are sound for those who hear them, load nothing, and can be read without a style', async () => {
    const page = await browser.newPage({ colorScheme: 'dark' });
    const asked: string[] = [];
    page.on('request', (request) => asked.push(request.url()));
    for (const rendered of [tell('statement.ready', 'en'), renderDigest(DIGESTS[0]!, readerOf('es'))]) {
      await page.setContent(rendered.mail.html);
      expect(await faultsByEar(page)).toEqual([]);
      // A program that drops every style still shows all of it, in this order.
      await page.setContent(rendered.mail.html.replaceAll(/<style>.*?<\/style>|(style|class)="[^"]*"/gs, ''));
      expect((await page.locator('h1').innerText()).replace('\u00a0', ' ')).toBe(rendered.title);
      expect(await page.evaluate('document.documentElement.scrollWidth <= window.innerWidth')).toBe(true);
    }
    await page.close();
    expect(asked).toEqual([]);
  });

  it('lie in a mailbox that fits a phone and shows each by day in the night', async () => {
    const { subject, mail } = tell('payout.paid', 'en');
    const kept = {
      id: '6f1e7a52-5f0a-4a52-9a57-0d7d0a1d4c11',
      at: '2026-11-21T20:04:05.000Z',
      from: 'Tallystick <no-reply@a-rather-long-name-of-a-host.example>',
      to: ['somebody.with.a.long.name@partners.example'],
      subject,
      ...mail,
      headers: { 'List-Unsubscribe': `<https://api.example/unsubscribe?token=${'x'.repeat(200)}>` },
    };
    const page = await browser.newPage({ viewport: { width: PHONE, height: 800 }, colorScheme: 'dark' });
    const views = ['', 'view=text', 'view=headers', 'scheme=light&width=phone'].map(
      (query) => messagePage(kept, new URLSearchParams(query)).body,
    );
    for (const body of [listPage([kept]).body, ...views]) {
      await page.setContent(body);
      expect(await page.evaluate('document.documentElement.scrollWidth <= window.innerWidth')).toBe(true);
    }
    expect(await faultsByEar(page)).toEqual([]);
    const ground = page.frameLocator('iframe').locator('body');
    expect(await ground.evaluate('getComputedStyle(document.body).backgroundColor')).toBe('rgb(238, 241, 245)');
    await page.close();
  });

  it('open what they link to in a tab of its own, which is a page like any other, and run nothing', async () => {
    const html =
      '<html><head><title>Hi</title></head><body><a href="https://shop.example/next">Go on</a>' +
      '<script>document.body.innerHTML = ""</script></body></html>';
    const context = await browser.newContext();
    await context.route('**/*', (route) => {
      if (route.request().url().startsWith('http://mailbox.example/')) {
        return route.fulfill(messagePage({ ...PLAIN, html }, new URLSearchParams()));
      }
      const headers = { 'content-type': 'text/html', 'content-security-policy': "frame-ancestors 'none'" };
      return route.fulfill({ headers, body: '<title>There</title><script>document.title += " it runs"</script>' });
    });
    const page = await context.newPage();
    await page.goto('http://mailbox.example/mail/1');
    const opened = context.waitForEvent('page', { timeout: 5_000 });
    await page.frameLocator('iframe').getByText('Go on').click();
    const tab = await opened;
    await tab.waitForLoadState();
    expect([tab.url(), await tab.title(), await tab.evaluate('String(window.opener) + document.referrer')]).toEqual([
      ...['https://shop.example/next', 'There it runs', 'null'],
    ]);
    expect(page.url()).toBe('http://mailbox.example/mail/1');
    await context.close();
  });
});

import { randomBytes } from 'node:crypto';
import * as fc from 'fast-check';
import { beforeEach, describe, expect, it } from 'vitest';
import { isOneClick } from '#functions/notifications/mail/one-click';
import { askingPage, donePage, unknownPage, wantsPage } from '#functions/notifications/mail/unsubscribe-page';
import { topicOf, UNSUBSCRIBE_WORDS } from '#functions/notifications/mail/unsubscribe-words';
import { rotateKeyRing, writeKeyRing } from '#shared/adapters/key-ring';
import { makeSigningKeysFrom } from '#shared/adapters/signing-keys';
import { makeUnsubscribeTokens } from '#shared/adapters/unsubscribe-tokens';
import { mayBeOff } from '#shared/application/notifications/cadences';
import { makeUnsubscribeLinks } from '#shared/application/notifications/mail/make-unsubscribe-links';
import { makeShowUnsubscribe, makeUnsubscribe } from '#shared/application/notifications/mail/unsubscribe';
import { KINDS, LANGUAGES, type NoticeKind } from '#shared/application/notifications/messages';
import type { Preferences, StoredChoices } from '#shared/application/notifications/preferences';
import type { UnsubscribeFrom } from '#shared/application/notifications/unsubscribe';
import { acme, instant } from '#test/support/builders/partners';
import { makeFakePrograms } from '#test/support/fakes/programs';

const NOW = Date.parse('2026-03-05T00:00:00Z');
const retry = { pause: async () => undefined, random: () => 0 };
const tokensOf = (secret: () => string | undefined, clock: () => number = () => NOW) =>
  makeUnsubscribeTokens(makeSigningKeysFrom(async (stage) => (stage === 'AWSCURRENT' ? secret() : undefined), clock));
const tokens = tokensOf(() => 'root');
const PROMOTED: UnsubscribeFrom = { programId: 'acme', recipientId: 'partner:p1', kind: 'tier.promoted' };

const programs = makeFakePrograms(acme({ name: 'Acme' }));

let stored: Map<string, StoredChoices>;
let reads: number;
let preferences: Preferences;
beforeEach(() => {
  stored = new Map();
  reads = 0;
  const keyOf = (programId: string, recipientId: string) => `${programId}/${recipientId}`;
  preferences = {
    find: async (programId, recipientId) => {
      reads += 1;
      return stored.get(keyOf(programId, recipientId));
    },
    save: async (programId, recipientId, choices) => {
      const key = keyOf(programId, recipientId);
      if ((stored.get(key)?.version ?? 0) !== choices.version - 1) return 'stale';
      stored.set(key, choices);
      return 'saved';
    },
    list: () => {
      throw new Error('not needed');
    },
  };
});
const unsubscribe = (token: string) =>
  makeUnsubscribe({ tokens, preferences, programs, clock: () => NOW, retry })(token);
const show = (token: string) => makeShowUnsubscribe({ tokens, preferences, programs })(token);
const choices = (recipientId = 'partner:p1') => stored.get(`acme/${recipientId}`);
const chosen = (more: Partial<StoredChoices>): StoredChoices => ({
  cadences: {},
  version: 1,
  changedAt: instant('2026-01-01T00:00:00Z'),
  changedBy: 'person:a',
  ...more,
});
const linkOf = makeUnsubscribeLinks({ tokens, publicUrl: 'https://t.example' }).linkOf;

describe('a link to unsubscribe', () => {
  it('names programme, reader and kind, and brings the headers of one click', async () => {
    const link = (await linkOf(PROMOTED))!;
    const token = link.url.replace('https://t.example/u/', '');
    expect(await tokens.read(token)).toEqual(PROMOTED);
    expect(link.headers).toEqual({
      'List-Unsubscribe': `<${link.url}>`,
      'List-Unsubscribe-Post': 'List-Unsubscribe=One-Click',
    });
  });

  it('fits into a header of SES, however long the ids are', async () => {
    const long = {
      programId: 'p'.repeat(64),
      recipientId: `partner:${'q'.repeat(64)}`,
      kind: 'tier.demotion_warned',
    } as const;
    const link = (await linkOf(long))!;
    expect(link.headers['List-Unsubscribe']!.length).toBeLessThan(870);
    expect(await tokens.read(link.url.split('/u/')[1]!)).toEqual(long);
  });

  it('is there for exactly the kinds that may be off, and for digests', async () => {
    for (const kind of Object.keys(KINDS) as NoticeKind[]) {
      expect((await linkOf({ ...PROMOTED, kind })) !== undefined, kind).toBe(mayBeOff(kind));
    }
    expect(await linkOf({ ...PROMOTED, kind: 'digest.daily' })).toBeDefined();
  });

  it('is not left out while the key cannot be read: the e-mail waits', async () => {
    const links = makeUnsubscribeLinks({ tokens: tokensOf(() => undefined), publicUrl: 'https://t.example' });
    await expect(links.linkOf(PROMOTED)).rejects.toMatchObject({ code: 'temporarily_unavailable' });
  });

  it('works a year later, and after the key was rotated', async () => {
    const token = (await tokens.sign(PROMOTED))!;
    const ring = rotateKeyRing([{ root: 'root', signsFrom: 0 }], 'new', NOW);
    const later = tokensOf(
      () => writeKeyRing(ring),
      () => NOW + 365 * 86_400_000,
    );
    expect(await later.read(token)).toEqual(PROMOTED);
    expect(await later.sign(PROMOTED)).not.toBe(token);
  });

  it('cannot be made up or changed', async () => {
    const token = (await tokens.sign(PROMOTED))!;
    await fc.assert(
      fc.asyncProperty(fc.nat(token.length - 1), fc.constantFrom(...'AZaz09-_.'), async (at, character) => {
        fc.pre(token[at] !== character);
        expect(await tokens.read(token.slice(0, at) + character + token.slice(at + 1))).toBeUndefined();
      }),
    );
    for (const other of [
      '',
      '.',
      token.slice(0, -1),
      `${token}A`,
      'A'.repeat(600),
      randomBytes(60).toString('base64url'),
    ]) {
      expect(await tokens.read(other)).toBeUndefined();
    }
    expect(await tokensOf(() => 'elsewhere').read(token)).toBeUndefined();
  });
});

describe('one click', () => {
  it('turns the kind off and leaves everything else as it was chosen', async () => {
    stored.set('acme/partner:p1', chosen({ language: 'fr', cadences: { 'conversion.recorded': 'monthly' } }));
    expect(await unsubscribe((await tokens.sign(PROMOTED))!)).toEqual({
      ...{ kind: 'tier.promoted', language: 'fr', programName: 'Acme' },
    });
    expect(choices()).toEqual({
      language: 'fr',
      cadences: { 'conversion.recorded': 'monthly', 'tier.promoted': 'off' },
      version: 2,
      changedAt: '2026-03-05T00:00:00.000Z',
      changedBy: 'unsubscribe-link',
    });
  });

  it('done twice, or at the same time as another, is done', async () => {
    const other = (await tokens.sign({ ...PROMOTED, kind: 'tier.demoted' }))!;
    const token = (await tokens.sign(PROMOTED))!;
    await Promise.all([unsubscribe(token), unsubscribe(other), unsubscribe(token)]);
    expect(choices()?.cadences).toEqual({ 'tier.promoted': 'off', 'tier.demoted': 'off' });
    const { version } = choices()!;
    await unsubscribe(token);
    expect(choices()?.version).toBe(version);
  });

  it('on a digest turns off what comes in it, but nothing about money', async () => {
    const cadences = { 'payout.paid': 'daily', 'tier.promoted': 'daily', 'agreement.expiring': 'monthly' } as const;
    stored.set('acme/partner:p1', chosen({ cadences }));
    await unsubscribe((await tokens.sign({ ...PROMOTED, kind: 'digest.daily' }))!);
    expect(choices()?.cadences).toEqual({
      'payout.paid': 'daily',
      'agreement.expiring': 'monthly',
      'tier.promoted': 'off',
      // Daily unless somebody chose otherwise.
      'conversion.recorded': 'off',
      'conversion.held': 'off',
    });
  });

  it('by a link that is none reads nothing', async () => {
    expect(await unsubscribe('made.up')).toBeUndefined();
    expect(await show('made.up')).toBeUndefined();
    expect(reads).toBe(0);
  });

  it('is not what following the link does', async () => {
    const token = (await tokens.sign(PROMOTED))!;
    stored.set('acme/partner:p1', chosen({ language: 'de' }));
    expect(await show(token)).toEqual({
      ...{ kind: 'tier.promoted', language: 'de', programName: 'Acme', isOff: false },
    });
    expect(choices()?.cadences).toEqual({});
  });

  it('is known to be done already where it is, of a digest when nothing comes in it', async () => {
    const token = (await tokens.sign(PROMOTED))!;
    await unsubscribe(token);
    expect(await show(token)).toMatchObject({ isOff: true });
    const digest = (await tokens.sign({ ...PROMOTED, kind: 'digest.daily' }))!;
    expect(await show(digest)).toMatchObject({ isOff: false });
    await unsubscribe(digest);
    expect(await show(digest)).toMatchObject({ isOff: true });
  });

  it('works without the name of the programme where it cannot be read', async () => {
    const token = (await tokens.sign(PROMOTED))!;
    const lost = { get: async () => Promise.reject(new Error('busy')) };
    const end = makeUnsubscribe({ tokens, preferences, programs: lost, clock: () => NOW, retry });
    expect(await end(token)).toEqual({ kind: 'tier.promoted' });
    expect(choices()?.cadences).toEqual({ 'tier.promoted': 'off' });
  });
});

describe('the form of one click', () => {
  const multipart = '--b\r\nContent-Disposition: form-data; name="List-Unsubscribe"\r\n\r\nOne-Click\r\n--b--\r\n';
  it.each<[boolean, string, string | undefined]>([
    [true, 'List-Unsubscribe=One-Click', 'application/x-www-form-urlencoded'],
    [true, 'List-Unsubscribe=One-Click', undefined],
    [true, multipart, 'multipart/form-data; boundary=b'],
    [false, '', undefined],
    [false, 'List-Unsubscribe=Two', 'application/x-www-form-urlencoded'],
    [false, multipart.replace('One-Click', 'No'), 'multipart/form-data; boundary=b'],
    [false, `List-Unsubscribe=One-Click&x=${'x'.repeat(5000)}`, undefined],
  ])('is %s for %j', (expected, body, type) => {
    expect(isOneClick(Buffer.from(body), type)).toBe(expected);
  });
});

describe('the pages', () => {
  it('ask with one button, in the language that the reader chose, else that of the browser', () => {
    const asked = askingPage({ kind: 'tier.promoted', language: 'de' }, { 'accept-language': 'es' });
    expect(asked.text).toContain('<html lang="de">');
    expect(asked.text).toContain('name="List-Unsubscribe" value="One-Click"');
    expect(asked.text?.match(/<form method="post">/g)).toHaveLength(1);
    expect(askingPage({ kind: 'tier.promoted' }, { 'accept-language': 'es' }).text).toContain('<html lang="es">');
    expect(donePage({ kind: 'digest.daily' }, {}).text).toContain('You will no longer get the daily summary.');
    expect(unknownPage({ 'accept-language': 'fr' })).toMatchObject({ status: 404 });
  });

  it('name the programme, and say when it is off already, without a button', () => {
    const ending = { kind: 'tier.promoted', programName: 'Tea & Co' } as const;
    expect(askingPage(ending, {}).text).toContain('<p class="from">Tea &amp; Co</p>');
    expect(donePage(ending, {}).text).toContain('<p class="from">Tea &amp; Co</p>');
    const off = askingPage({ ...ending, isOff: true }, {});
    expect(off.status).toBe(200);
    expect(off.text).toContain('You are not getting e-mails about reaching a higher tier.');
    expect(off.text).not.toContain('<form');
  });

  it('are for those who want one: browsers, and neither mail programs nor machines', () => {
    const accepts = (accept: string | undefined) => wantsPage({ accept });
    expect(accepts('text/html,application/xhtml+xml,*/*;q=0.8')).toBe(true);
    expect([accepts('*/*'), accepts('application/json'), accepts(undefined)]).toEqual([false, false, false]);
  });

  it('set no cookie, load nothing and post to themselves alone', () => {
    for (const { headers } of [askingPage({ kind: 'digest.daily' }, {}), unknownPage({})]) {
      expect(headers).not.toHaveProperty('set-cookie');
      expect(headers?.['content-security-policy']).toMatch(/default-src 'none'.*form-action 'self'/);
      expect(headers?.['referrer-policy']).toBe('no-referrer');
      expect(headers?.['cache-control']).toContain('no-store');
    }
  });

  it.each(LANGUAGES)('name each kind that may be off in words of its own (%s)', (language) => {
    const words = UNSUBSCRIBE_WORDS[language];
    const kinds = (Object.keys(KINDS) as NoticeKind[]).filter(mayBeOff);
    const topics = [...kinds, 'digest.daily', 'digest.monthly'].map((kind) => topicOf(kind as NoticeKind, words));
    expect(new Set(topics).size).toBe(topics.length);
    expect(topics).not.toContain(words.topics.other);
  });
});
